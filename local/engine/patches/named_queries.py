"""``AWS::Athena::NamedQuery`` can be deployed: the engine's Athena has saved queries, its CloudFormation not.

Source: the reference of ``AWS::Athena::NamedQuery``: every change but that of the work group replaces it.
"""

from typing import Any

from ministack.services import athena
from ministack.services.cloudformation import provisioners

from local.engine.patches.expect import EngineChanged, expect

TYPE = "AWS::Athena::NamedQuery"


def apply() -> None:
    """Add the type."""
    expect(athena._create_named_query, "_named_queries[query_id] = {", '"WorkGroup": data.get("WorkGroup"')
    if TYPE in provisioners._RESOURCE_HANDLERS:
        raise EngineChanged(f"the engine's CloudFormation knows {TYPE} by now")
    provisioners._RESOURCE_HANDLERS[TYPE] = {"create": create, "update": update, "delete": delete}


def create(_logical_id: str, properties: dict[str, Any], _stack: str) -> tuple[str, dict[str, str]]:
    """A new saved query; its id is the ``Ref``."""
    known = set(athena._named_queries)
    athena._create_named_query(properties)
    (made,) = set(athena._named_queries) - known
    return made, {"NamedQueryId": made}


def update(physical_id: str, _old: dict[str, Any], new: dict[str, Any], stack: str) -> Any:
    """Another in its place."""
    delete(physical_id, {})
    return create("", new, stack)


def delete(physical_id: str, _properties: dict[str, Any]) -> None:
    athena._named_queries.pop(physical_id, None)
