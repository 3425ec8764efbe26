"""The contract of the HTTP API: each request's and answer's JSON, as the OpenAPI document shows it."""
