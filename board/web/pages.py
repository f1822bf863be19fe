"""The pages: each address answers with a page, and at the same address with ``.json`` with JSON."""

from collections.abc import Callable, Mapping
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Request, Response
from fastapi.responses import HTMLResponse

from board.web import answers, rendering
from board.web.answer_shapes import (
    ToldChanges,
    ToldClaims,
    ToldDays,
    ToldGoneClaim,
    ToldOutlets,
    ToldPlaces,
    ToldSides,
    ToldWholeClaim,
)
from board.web.asked import AskedList, asked_filters, only_as_of
from board.web.chart import chart_of
from board.web.correcting import editing_of
from board.web.openapi import JSON, NO_CLAIM, NO_PLACE, Responses, answering

ROUTES: tuple[tuple[str, str, Callable[..., Mapping[str, Any]], Responses], ...] = (
    ("/", "now.html", answers.latest_changes, answering(ToldChanges, _404=NO_PLACE)),
    ("/claims", "claims.html", answers.claim_list, answering(ToldClaims, _404=NO_PLACE)),
    ("/claims/{id}", "claim.html", answers.whole_claim, answering(ToldWholeClaim, ToldGoneClaim, _404=NO_CLAIM)),
    ("/sides", "sides.html", answers.side_list, answering(ToldSides)),
    ("/outlets", "outlets.html", answers.outlet_list, answering(ToldOutlets)),
    ("/places", "places.html", answers.place_list, answering(ToldPlaces)),
    ("/over-time", "over_time.html", answers.days, answering(ToldDays)),
)
"""Address, template, answer and described responses of each page."""


def router() -> APIRouter:
    """All pages."""
    made = APIRouter()
    for path, template, answer, responses in ROUTES:
        _add(made, path, template, answer, responses)
    return made


def json_path(path: str) -> str:
    """The address of a page's JSON."""
    return "/now.json" if path == "/" else f"{path}.json"


def _add(
    to: APIRouter, path: str, template: str, answer: Callable[..., Mapping[str, Any]], responses: Responses
) -> None:
    """Add a page and its JSON. The JSON comes first, or else the ending would count as part of a claim's id."""

    def as_json(found: Annotated[dict[str, Any], Depends(answer)]) -> Response:
        return Response(orjson.dumps(found, option=orjson.OPT_NON_STR_KEYS), media_type=JSON)

    def as_page(
        request: Request,
        found: Annotated[dict[str, Any], Depends(answer)],
        asked: Annotated[AskedList, Depends(asked_filters)],
    ) -> HTMLResponse:
        return HTMLResponse(
            rendering.page(template, **found, **_around(request, asked), chart=chart_of(found.get("days", ())))
        )

    told = answer.__doc__ or ""
    name = template.removesuffix(".html")
    to.add_api_route(
        json_path(path),
        as_json,
        name=f"{name}_json",
        description=told,
        response_class=Response,
        responses=responses,
    )
    to.add_api_route(path, as_page, name=name, include_in_schema=False, response_class=HTMLResponse)


def _around(request: Request, asked: AskedList) -> dict[str, Any]:
    """What every page needs besides its answer."""
    path = request.url.path
    query = f"?{request.url.query}" if request.url.query else ""
    return {
        "asked": asked,
        "kept": only_as_of(asked),
        "path": path,
        "json_address": json_path(path) + query,
        "is_live": request.app.state.is_live,
        "editing": editing_of(request),
    }
