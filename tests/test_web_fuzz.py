"""The workbench's API against its own description: nothing breaks it, and every answer is one that it describes."""

import fastapi
import hypothesis
import pytest
import schemathesis
from schemathesis.checks import load_all_checks, not_a_server_error
from schemathesis.specs.openapi import checks

from reportedly.web import Settings, create_app, data, home, judging, pages
from workbenching import read_into

TOKEN = "t" * 24
# A program shows its token and needs no form of ours: so what is sent gets past the guard to the API itself.
HEADERS = {"authorization": f"Bearer {TOKEN}", "host": "127.0.0.1"}
EXAMPLES = 12
CHECKS = [
    not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
    checks.negative_data_rejection,
]
ASKED = [(method, f"/api{route.path}") for route in data.router.routes for method in sorted(route.methods)]

load_all_checks()
SETTINGS = hypothesis.settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(hypothesis.HealthCheck),
)


@pytest.fixture(scope="module")
def described(tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "reports.db"
    read_into(path)
    app = create_app(Settings(store=path, token=TOKEN))
    return schemathesis.openapi.from_asgi("/api/openapi.json", app, headers=HEADERS)


@pytest.mark.parametrize(("method", "path"), ASKED)
def test_no_request_breaks_the_api_and_no_answer_is_undescribed(described, method, path):
    operation = described[path][method]

    @SETTINGS
    @hypothesis.given(case=operation.as_strategy())
    def every(case):
        case.call_and_validate(headers=HEADERS, checks=CHECKS)

    every()


# The pages are in no description of the API: they are described for this test alone, by what their routes take.
PAGES = [
    (method, route.path)
    for router in (pages.router, judging.router, home.router)
    for route in router.routes
    for method in sorted(route.methods)
]


@pytest.fixture(scope="module")
def paged(tmp_path_factory):
    path = tmp_path_factory.mktemp("fuzz") / "reports.db"
    read_into(path)
    app = create_app(Settings(store=path, token=TOKEN))
    described = fastapi.FastAPI()
    for router in (pages.router, judging.router, home.router):
        described.include_router(router)
    return schemathesis.openapi.from_dict(described.openapi()), app


@pytest.mark.parametrize(("method", "path"), PAGES)
def test_no_request_breaks_a_page(paged, method, path):
    schema, app = paged
    operation = schema[path][method]

    @SETTINGS
    @hypothesis.given(case=operation.as_strategy())
    def every(case):
        answer = case.call(app=app, headers=HEADERS, base_url="http://127.0.0.1", allow_redirects=False)
        assert answer.status_code < 500

    every()
