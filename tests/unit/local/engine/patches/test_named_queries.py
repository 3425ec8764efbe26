"""Saved queries of the template are there to be run."""

from ministack.services import athena
from ministack.services.cloudformation import provisioners

from local.engine.patches import named_queries


def test_a_saved_query_is_made_replaced_and_removed() -> None:
    made, attributes = named_queries.create(
        "Q", {"Name": "one", "Database": "d", "QueryString": "SELECT 1"}, "s"
    )
    assert attributes == {"NamedQueryId": made}
    assert athena._named_queries[made]["QueryString"] == "SELECT 1"
    other, _ = named_queries.update(made, {}, {"Name": "two", "QueryString": "SELECT 2"}, "s")
    assert made not in athena._named_queries
    named_queries.delete(other, {})
    assert other not in athena._named_queries


def test_the_engine_s_cloudformation_does_not_know_it_by_itself() -> None:
    assert named_queries.TYPE not in provisioners._RESOURCE_HANDLERS
