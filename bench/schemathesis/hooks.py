"""Reasons for which uploads, searches and links of mails may refuse requests that keep the schema, addresses of webhooks,
and keys of linked requests."""

import re
from uuid import uuid4

import schemathesis
from schemathesis.generation.meta import TestPhase

# Pointers of problems: what is in a file (None where its reader names a line), how its columns are mapped, a cursor that is
# none of the search, a period that is too long, a token that no mail had, the end of a key in the past, scopes
# that test keys lack, addresses, and an identity provider that does not answer.
FILE = {None, "/file"}
TABLE = FILE | {"/query/columns", "/query/column_units"}
REASONS = {
    "uploadWeather": TABLE,
    "uploadWindResource": TABLE,
    "uploadModule": FILE,
    "uploadInverter": FILE,
    "uploadHorizon": FILE,
    "uploadSiteArea": FILE,
    "uploadTurbineFile": FILE,
    "readWindIo": FILE,
    "searchModules": {"/query/cursor"},
    "searchInverters": {"/query/cursor"},
    "searchTurbines": {"/query/cursor"},
    "getUsage": {"/query/starts_at"},
    "getUsageCsv": {"/query/starts_at"},
    "confirmEmail": {"/token"},
    "resetPassword": {"/token"},
    "acceptInvitation": {"/token"},
    "setIdentityProvider": {"/issuer"},
    "createWebhook": {"/url"},
    "updateWebhook": {"/url"},
    "createApiKey": {"/scopes", "/expires_at", "/allowed_addresses", "/allowed_addresses/*"},
    "rotateApiKey": {"/expires_at"},
}


@schemathesis.check
def refusal_for_a_listed_reason(ctx, response, case):
    reasons = REASONS.get(case.operation.definition.raw["operationId"])
    if reasons is None or response.status_code != 422 or case.meta is None:
        return
    problem = response.json()
    pointer = problem.get("pointer") and re.sub(r"/\d+(?=/|$)", "/*", problem["pointer"])
    if case.meta.generation.mode.is_positive and pointer not in reasons:
        raise AssertionError(f"refused at {pointer}: {problem['detail']}")


@schemathesis.hook
def before_call(context, case, kwargs):
    if case.meta is None:
        return
    # Webhooks stay on this machine; nobody listens there.
    if case.operation.definition.raw["operationId"] in {"createWebhook", "updateWebhook"}:
        if case.meta.generation.mode.is_positive and isinstance(case.body, dict) and "url" in case.body:
            case.body["url"] = "http://127.0.0.1:9/"
    if case.operation.definition.raw["operationId"] == "setIdentityProvider":
        if case.meta.generation.mode.is_positive and isinstance(case.body, dict) and "issuer" in case.body:
            case.body["issuer"] = "http://127.0.0.1:9/"
    # Where links are followed, no two requests have one key: the second would get the answer about an object that the
    # requests between have deleted.
    if case.meta.phase.name == TestPhase.STATEFUL and "Idempotency-Key" in (case.headers or {}):
        case.headers["Idempotency-Key"] = str(uuid4())
