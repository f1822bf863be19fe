"""The application: the board over HTTP."""

import logging
from collections.abc import Mapping
from functools import partial
from http import HTTPStatus
from importlib.resources import files
from typing import Any

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse
from fastapi.staticfiles import StaticFiles
from sqlalchemy.exc import SQLAlchemyError
from starlette.exceptions import HTTPException

from board.filters import Filters
from board.store import BoardStore
from board.web import feeds, pages, rendering
from board.web.asked import AskedList
from board.web.correcting import Correcting, editing_of
from board.web.correcting import router as correcting_router
from board.web.live import LiveChanges
from board.web.live import router as live_router
from board.web.openapi import described
from board.web.security import OnlyAtLoopback, WithSecurityHeaders
from streams.errors import UserError

log = logging.getLogger(__name__)

FOR_PROGRAMS = (".json", ".csv", ".atom", "/live", "/verdicts")
"""How the addresses end that answer programs."""

DESCRIPTION = "The ledger of claims and denials: each page of the board, as JSON."


def application(
    store: BoardStore,
    live: LiveChanges | None = None,
    correcting: Correcting | None = None,
    only_at_loopback: bool = False,
    url: str = "",
) -> FastAPI:
    """The board of a store.

    Parameters
    ----------
    live
        The live changes; None if nothing follows the topics.
    correcting
        Takes corrections; None if the board can only be read.
    only_at_loopback
        Whether requests must name this machine as their host, or the host of `url`.
    url
        Address at which people open the board; empty for the one by which a request reaches it.
    """
    servers = [{"url": url}] if url else None
    made = FastAPI(title="claimwire board", description=DESCRIPTION, docs_url=None, redoc_url=None, servers=servers)
    made.state.store, made.state.is_live, made.state.url = store, live is not None, url
    made.state.correcting = correcting
    if live:
        made.include_router(live_router(live))
    made.include_router(feeds.router())
    if correcting:
        made.include_router(correcting_router(correcting))
    made.include_router(pages.router())
    made.mount("/static", StaticFiles(directory=str(files("board.web") / "static")), name="static")
    if only_at_loopback:
        made.add_middleware(OnlyAtLoopback, url=url)
    made.add_middleware(WithSecurityHeaders)
    made.openapi = partial(described, made)  # type: ignore[method-assign]
    made.add_exception_handler(HTTPException, _http_error)
    made.add_exception_handler(RequestValidationError, _not_understood)
    made.add_exception_handler(UserError, _user_error)
    made.add_exception_handler(SQLAlchemyError, _store_error)
    return made


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    return _told(request, error.status_code, str(error.detail), error.headers)


async def _not_understood(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    faults = (f"{fault['loc'][1]}: {fault['msg']}" for fault in error.errors())
    return _told(request, HTTPStatus.UNPROCESSABLE_ENTITY, "; ".join(faults))


async def _user_error(request: Request, error: Exception) -> Response:
    return _told(request, HTTPStatus.UNPROCESSABLE_ENTITY, str(error))


async def _store_error(request: Request, error: Exception) -> Response:
    log.warning("the board's store can't be read: %s", error)
    return _told(request, HTTPStatus.SERVICE_UNAVAILABLE, "The board's store can't be read now. Try again in a while.")


def _told(request: Request, status: int, why: str, headers: Mapping[str, str] | None = None) -> Response:
    """What went wrong: as JSON for programs, else as a page."""
    path = request.url.path
    if path.endswith(FOR_PROGRAMS):
        return JSONResponse({"detail": why}, status, headers)
    around: dict[str, Any] = {
        "asked": AskedList(Filters()),
        "kept": AskedList(Filters()),
        "path": path,
        "json_address": "",
        "editing": editing_of(request),
    }
    reason = HTTPStatus(status).phrase
    return HTMLResponse(rendering.page("error.html", status=status, reason=reason, why=why, **around), status, headers)
