"""A real SMTP server on loopback that does to mail what servers do: takes it, refuses it, delays it, breaks off."""

from __future__ import annotations

import asyncio
import datetime
import ipaddress
import ssl
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

USER, PASSWORD = b"desk", b"open sesame"


@dataclass
class Server:
    """What the server got, and how it treats whom: by the first word of an address."""

    port: int = 0
    got: list[tuple[str, bytes]] = field(default_factory=list)
    """Each mail that it took, with the reader."""
    asked: Counter[str] = field(default_factory=Counter)
    """How often a mail for each reader was begun."""
    connections: int = 0
    pause_at: int = 0
    """The number of the mail that it takes and then says nothing of, for as long as the test likes."""
    broken: bool = False
    """Whether it has gone away in the middle of a mail."""
    refusals: dict[str, str] = field(default_factory=dict)
    """What it says of some readers."""
    hangs_up: bool = False
    """Whether it goes away once it has refused a reader."""
    paused: threading.Event = field(default_factory=threading.Event)

    def readers(self) -> list[str]:
        return [reader for reader, _ in self.got]

    async def handle_MAIL(self, server, session, envelope, address, options) -> str:  # noqa: N802
        if address.startswith("stranger"):
            return "550 5.7.1 we do not know you"
        envelope.mail_from = address
        return "250 OK"

    async def handle_RCPT(self, server, session, envelope, address, options) -> str:  # noqa: N802
        self.asked[address] += 1
        if address in self.refusals:
            return self.refusals[address]
        match address.split("@", maxsplit=1)[0].split("-"):
            case ["unknown", *_]:
                if self.hangs_up:
                    asyncio.get_running_loop().call_soon(server.transport.close)
                return "550 5.1.1 no such\tuser\x1b[31m"
            case ["grey", *_] if self.asked[address] == 1:
                return "451 4.7.1 come back later"
            case ["full", *_]:
                return "452 4.2.2 mailbox full"
            case ["busy", *_] if self.asked[address] == 1:
                return "421 4.3.2 closing"
            case ["cut", *_] if self.asked[address] == 1:
                server.transport.abort()
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server, session, envelope) -> str:  # noqa: N802
        [reader] = envelope.rcpt_tos
        name = reader.split("@")[0].split("-")[0]
        if name == "spam":
            return "554 5.7.1 we do not like it"
        if name == "broken":
            server.transport.abort()
        if name == "slow":
            await asyncio.sleep(300)
        self.got.append((reader, envelope.content))
        if len(self.got) == self.pause_at:
            self.paused.set()
            await asyncio.sleep(300)
        return "250 OK: queued"


def _authenticate(server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: object) -> AuthResult:
    return AuthResult(success=(data.login, data.password) == (USER, PASSWORD), handled=False)


@contextmanager
def serving(
    tls: str = "none", certificate: Path | None = None, auth: bool = False, mid_data: bool = False
) -> Iterator[Server]:
    """A server on a free port. `tls` is none, starttls or tls; `mid_data` breaks off while a mail is given over."""
    state = Server()
    context = None
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
    options = {"require_starttls": True, "tls_context": context} if tls == "starttls" else {}
    if auth:
        options |= {"authenticator": _authenticate, "auth_required": True, "auth_require_tls": tls == "starttls"}
    kind = _Breaking if mid_data else SMTP

    def session() -> SMTP:
        state.connections += 1
        return kind(state, hostname="loopback.example", enable_SMTPUTF8=True, loop=loop, **options)

    loop = asyncio.new_event_loop()  # in a thread of its own: the tests in a browser have one in this thread
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    begun = loop.create_server(session, "127.0.0.1", 0, ssl=context if tls == "tls" else None)
    where = asyncio.run_coroutine_threadsafe(begun, loop).result(10)
    state.port = where.sockets[0].getsockname()[1]
    try:
        yield state
    finally:
        asyncio.run_coroutine_threadsafe(_ended(where), loop).result(10)
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()


async def _ended(where: asyncio.Server) -> None:
    where.close()
    rest = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
    for task in rest:
        task.cancel()
    await asyncio.gather(*rest, return_exceptions=True)


class _Breaking(SMTP):
    """Goes away when the beginning of the first mail has come in."""

    async def smtp_DATA(self, arg: str) -> None:  # noqa: N802
        if self.event_handler.broken:
            await super().smtp_DATA(arg)
            return
        self.event_handler.broken = True
        await self.push("354 go on")
        await self._reader.readexactly(20)
        self.transport.abort()


def certificate(folder: Path) -> Path:
    """A certificate for 127.0.0.1 with its key, signed by itself."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    start = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(start)
        .not_valid_after(start + datetime.timedelta(days=36500))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), True)
        .sign(key, hashes.SHA256())
    )
    file = folder / "server.pem"
    file.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return file
