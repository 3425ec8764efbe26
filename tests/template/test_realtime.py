"""The WebSocket API: who is asked, who answers, and what it must not write down."""

from typing import Any

from tests.template.reading import of_type, target

ROUTES: dict[str, dict[str, Any]] = {
    found["Properties"]["RouteKey"]: {"name": name, **found["Properties"]}
    for name, found in of_type("AWS::ApiGatewayV2::Route").items()
}


def test_every_message_comes_to_the_function_which_reads_the_action_itself() -> None:
    assert set(ROUTES) == {"$connect", "$disconnect", "$default"}
    assert {route["Target"]["Fn::Sub"] for route in ROUTES.values()} == {
        "integrations/${WebSocketIntegration}"
    }
    (integration,) = of_type("AWS::ApiGatewayV2::Integration").values()
    assert "${RealtimeFunction.Arn}" in integration["Properties"]["IntegrationUri"]["Fn::Sub"]
    assert integration["Properties"]["IntegrationType"] == "AWS_PROXY"


def test_what_it_answers_to_messages_goes_back() -> None:
    (answer,) = of_type("AWS::ApiGatewayV2::RouteResponse").values()
    assert target(answer["Properties"]["RouteId"]) == ROUTES["$default"]["name"]
    assert answer["Properties"]["RouteResponseKey"] == "$default"
    assert ROUTES["$default"]["RouteResponseSelectionExpression"] == "$default"


def test_no_log_of_api_gateway_s_own_has_a_handshake_s_token() -> None:
    (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
    settings = stage["Properties"]["DefaultRouteSettings"]
    assert (settings["DataTraceEnabled"], settings["LoggingLevel"]) == (False, "OFF")
    assert "AccessLogSettings" not in stage["Properties"]
    assert "RouteSettings" not in stage["Properties"]


def test_the_stage_is_deployed_and_throttled() -> None:
    (stage,) = of_type("AWS::ApiGatewayV2::Stage").values()
    assert stage["Properties"]["AutoDeploy"] is True
    assert {"ThrottlingRateLimit", "ThrottlingBurstLimit"} <= stage["Properties"][
        "DefaultRouteSettings"
    ].keys()
