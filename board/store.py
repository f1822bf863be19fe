"""The store holds the read model, in a SQLite file or a PostgreSQL database."""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path
from typing import Any
from uuid import uuid4

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, inspect, make_url, select, text
from sqlalchemy.exc import ArgumentError, DBAPIError

from board.full_text import Fts5, FullText, TsVector
from board.tables import meta, metadata
from streams.errors import BoardUnfit, SettingsInvalid, UserError
from streams.extras import installing
from streams.settings import Settings

VERSION = "3"
"""Version of the tables. A store with another version must be made anew."""

REMEDY = "Make it anew: `claimwire board rebuild`."
SQLITE, POSTGRESQL = "sqlite", "postgresql"
SCHEMA = "claimwire_board"
"""The schema of all tables on PostgreSQL."""

BESIDE = "_new"
"""The end of the name of a store that is made beside another one."""

BUSY_SECONDS = 30
CACHE_KIB = 128 * 1024
CHECKPOINT_PAGES = 16_000
"""How long SQLite's log grows until its pages go to the file. Most of them change several times until then."""


class StoreReplaced(Exception):
    """Another store has replaced the one that was read, and has other offsets."""


@dataclass(frozen=True, slots=True)
class BoardStore:
    """An open store.

    Attributes
    ----------
    full_text
        How its backend finds words.
    """

    url: URL
    engine: Engine
    full_text: FullText

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A connection that sees one state of the store throughout."""
        with self.engine.connect() as connection:
            yield connection

    @contextmanager
    def writing(self, generation: str) -> Iterator[Connection]:
        """The only connection that writes now. Either all that it writes is kept, or nothing.

        Raises
        ------
        StoreReplaced
            If another store has replaced that of this generation.
        """
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            if _stated(connection, "generation") != generation:
                raise StoreReplaced
            yield connection

    def stated(self, name: str) -> str:
        """A fact about the store, by its name; empty where there is none."""
        with self.reading() as connection:
            return _stated(connection, name)

    def state(self, name: str, value: str) -> str:
        """State a fact about the store, unless one with this name is there already; returns what is there."""
        with self.engine.connect().execution_options(writes=True) as connection, connection.begin():
            _stated(connection, "generation")  # one writes at a time
            said = _stated(connection, name)
            if not said:
                connection.execute(meta.insert(), {"name": name, "value": value})
            return said or value

    def insert(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Insert rows that are not there yet, each with a value for every column."""
        if not rows:
            return
        names = [column.name for column in table.columns]
        into, values = f"{table.name} ({', '.join(names)})", list(map(itemgetter(*names), rows))
        if self.engine.dialect.name == SQLITE:
            connection.exec_driver_sql(f"INSERT INTO {into} VALUES ({', '.join('?' * len(names))})", values)  # noqa: S608
            return
        raw: Any = connection.connection.driver_connection
        with raw.cursor() as cursor, cursor.copy(f"COPY {into} FROM STDIN") as copy:
            for row in values:
                copy.write_row(row)

    def add(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add to the number in the last column of rows, known by all other columns. New rows begin at 0."""
        if not rows:
            return
        *keys, number = (column.name for column in table.columns)
        into = f"INSERT INTO {table.name} ({', '.join([*keys, number])})"
        counted = f"ON CONFLICT ({', '.join(keys)}) DO UPDATE SET {number} = {table.name}.{number} + excluded.{number}"
        values = list(map(itemgetter(*keys, number), rows))
        if self.engine.dialect.name == SQLITE:
            holes = ", ".join("?" * (len(keys) + 1))
            connection.exec_driver_sql(f"{into} VALUES ({holes}) {counted}", values)
            return
        arrays = ", ".join(f"%s::{column.type.compile(self.engine.dialect)}[]" for column in table.columns)
        columns = tuple(map(list, zip(*values, strict=True)))
        connection.exec_driver_sql(f"{into} SELECT * FROM unnest({arrays}) {counted}", columns)  # noqa: S608

    def delete(self, connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Delete rows, each given by the values of all columns."""
        if rows:
            names = [column.name for column in table.columns]
            same = " AND ".join(f"{name} = :{name}" for name in names)
            connection.execute(text(f"DELETE FROM {table.name} WHERE {same}"), list(rows))  # noqa: S608

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def store_url(settings: Settings) -> URL:
    """The store's address in the settings.

    Raises
    ------
    SettingsInvalid
        If the address is of no store. The message does not repeat the setting, since it may hold a password.
    """
    given = settings.board_db.get_secret_value() or f"sqlite:///{settings.home / 'board.db'}"
    named = "board_db (CLAIMWIRE_BOARD_DB)"
    try:
        url = make_url(given)
    except ArgumentError:
        raise SettingsInvalid(f"{named}: that is no URL such as sqlite:///FILE.") from None
    if url.drivername not in (SQLITE, POSTGRESQL):
        raise SettingsInvalid(f"{named}: {url.drivername} is no store: write sqlite:///FILE or postgresql://…")
    if url.drivername == SQLITE and not url.database:
        raise SettingsInvalid(f"{named}: sqlite:/// names no file.")
    return url


def open_store(url: URL) -> BoardStore:
    """Open the store at an address. If there is none, it is made.

    Raises
    ------
    BoardUnfit
        If it cannot be reached, or has tables of another version.
    """
    return _open(url, SCHEMA)


@contextmanager
def replacement(url: URL) -> Iterator[BoardStore]:
    """An empty store beside the one at an address. It replaces that one at once after a block without an error.

    A query that is under way meanwhile reads the old store to its end. Later queries read the new one.

    Raises
    ------
    BoardUnfit
        If it cannot be made.
    """
    beside = _beside(url)
    _drop(beside)
    store = _open(beside, SCHEMA + BESIDE)
    try:
        yield store
        store.close()
        _put_in_place(beside, url)
    finally:
        store.close()
        _drop(beside)


def _beside(url: URL) -> URL:
    return url.set(database=f"{url.database}{BESIDE}") if url.drivername == SQLITE else url


def _put_in_place(beside: URL, url: URL) -> None:
    """Replace a store. SQLite copies one file over the other in one transaction; PostgreSQL renames the schema."""
    with _told(url):
        if url.drivername == SQLITE:
            _copy_file(str(beside.database), str(url.database))
            return
        engine = _engine(url, SCHEMA)
        try:
            with engine.begin() as connection:
                connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE"))
                connection.execute(text(f"ALTER SCHEMA {SCHEMA}{BESIDE} RENAME TO {SCHEMA}"))
        finally:
            engine.dispose()


def _copy_file(source: str, target: str) -> None:
    """Copy a database over another that may be in use. Renaming the file would leave the old one's log behind."""
    new, old = sqlite3.connect(source), sqlite3.connect(target, timeout=BUSY_SECONDS)
    try:
        new.backup(old)
    finally:
        new.close()
        old.close()


def _drop(beside: URL) -> None:
    """Remove what an interrupted build has left."""
    if beside.drivername == SQLITE:
        for ending in ("", "-wal", "-shm"):
            Path(f"{beside.database}{ending}").unlink(missing_ok=True)
        return
    engine = _engine(beside, SCHEMA)
    with suppress(DBAPIError), engine.begin() as connection:
        connection.execute(text(f"DROP SCHEMA IF EXISTS {SCHEMA}{BESIDE} CASCADE"))
    engine.dispose()


def _open(url: URL, schema: str) -> BoardStore:
    with _told(url):
        if url.drivername == SQLITE:
            Path(str(url.database)).parent.mkdir(parents=True, exist_ok=True)
        store = BoardStore(url, _engine(url, schema), Fts5() if url.drivername == SQLITE else TsVector())
        try:
            _made(store, schema)
        except BaseException:
            store.close()
            raise
    return store


@contextmanager
def _told(url: URL) -> Iterator[None]:
    """Turn errors of the database into a message that says why the store cannot be used."""
    try:
        yield
    except (DBAPIError, sqlite3.Error, OSError) as error:
        why = str(getattr(error, "orig", error)).strip().partition("\n")[0]
        raise BoardUnfit(f"the board's store {url.render_as_string()} cannot be used: {why}") from None


def _made(store: BoardStore, schema: str) -> None:
    """Make the tables if there are none, and check their version."""
    with store.engine.connect().execution_options(writes=True) as connection, connection.begin():
        if store.engine.dialect.name == POSTGRESQL:
            connection.execute(text(f"SELECT pg_advisory_xact_lock(hashtext('{schema}'))"))
            connection.execute(text(f"CREATE SCHEMA IF NOT EXISTS {schema}"))
        if not inspect(connection).get_table_names():
            metadata.create_all(connection)
            store.full_text.create(connection)
            said = {"version": VERSION, "generation": uuid4().hex}
            connection.execute(meta.insert(), [{"name": name, "value": value} for name, value in said.items()])
        elif not inspect(connection).has_table(meta.name):
            raise BoardUnfit(f"{store.url.render_as_string()} holds something else. Name another store for the board.")
        elif (found := _stated(connection, "version")) != VERSION:
            raise BoardUnfit(
                f"the board's store {store.url.render_as_string()} has the tables of version {found}, "
                f"and this release those of {VERSION}. {REMEDY}"
            )


def _stated(connection: Connection, name: str) -> str:
    asked = select(meta.c.value).where(meta.c.name == name)
    locked = asked.with_for_update() if connection.get_execution_options().get("writes") else asked
    return str(connection.execute(locked).scalar() or "")


def _engine(url: URL, schema: str) -> Engine:
    if url.drivername == SQLITE:
        engine = create_engine(url, connect_args={"timeout": BUSY_SECONDS})
        event.listen(engine, "connect", _set_up_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
        return engine
    try:
        return create_engine(
            url.set(drivername="postgresql+psycopg"), connect_args={"options": f"-c search_path={schema}"}
        )
    except ModuleNotFoundError:
        raise UserError(f"PostgreSQL needs psycopg: {installing('postgres')}") from None


def _set_up_sqlite(connection: sqlite3.Connection, _: object) -> None:
    connection.isolation_level = None  # `_begin_sqlite` begins transactions, also for queries: they see one state
    settings = {
        "journal_mode": "WAL",
        "synchronous": "NORMAL",
        "wal_autocheckpoint": CHECKPOINT_PAGES,
        "temp_store": "MEMORY",
        "cache_size": -CACHE_KIB,
    }
    for name, value in settings.items():
        connection.execute(f"PRAGMA {name}={value}")


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
