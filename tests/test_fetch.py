"""Fetching: what lies in no public network is never asked, whatever way it is written; a polite and bounded client besides."""

import contextlib
import datetime
import gzip
import http.server
import ipaddress
import itertools
import resource
import socket
import ssl
import threading

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from typer.testing import CliRunner

from reportedly import ingest
from reportedly.cli import app
from reportedly.fetch import Fetcher, Limits, Page, RefusedError, is_public, to_warc
from reportedly.records import Document, Problem

ARTICLE = (
    "<html><head><title>Gao</title></head><body><article><h1>Gao</h1>"
    + "<p>Selon le maire, trois civils ont été tués mardi à Gao.</p>" * 5
    + "</article></body></html>"
)
OK = (200, {"Content-Type": "text/html; charset=utf-8"}, ARTICLE.encode())
NONE = (404, {}, b"")


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers as the test says, and notes what was asked."""

    def do_GET(self):
        self.server.asked.append(self.path)
        answer = self.server.routes.get(self.path, NONE)
        if callable(answer):
            with contextlib.suppress(OSError):
                answer(self)
            return
        status, headers, body = answer
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value.replace("PORT", str(self.server.server_port)))
        self.end_headers()
        with contextlib.suppress(OSError):
            self.wfile.write(body)

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def running():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.routes, server.asked = {}, []
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def server(running):
    running.routes, running.asked = {}, []
    return running


class Clock:
    """A time that passes only when somebody sleeps."""

    def __init__(self):
        self.time, self.slept = 1000.0, []

    def now(self):
        return self.time

    def sleep(self, seconds):
        self.slept.append(seconds)
        self.time += seconds


def client(server, *, clock=None, **limits):
    """A client in whose world every name but those below 'inside' is public and is the local server."""
    clock = clock or Clock()
    found = {"inside.example": "10.0.0.7", "both.example": "10.0.0.7"}

    def resolve(host, _port):
        public = [ipaddress.ip_address("127.0.0.1")] if host != "inside.example" else []
        return public + ([ipaddress.ip_address(found[host])] if host in found else [])

    return Fetcher(
        limits=Limits(ports=(server.server_port,), **limits),
        resolve=resolve,
        permit=lambda address: str(address) == "127.0.0.1",
        now=clock.now,
        sleep=clock.sleep,
    )


def url(server, path="/", host="news.example"):
    return f"http://{host}:{server.server_port}{path}"


# --- what is not public ------------------------------------------------------------------------------------------------------------

BYPASSES = [
    # this machine, as people write it and as nobody does
    "http://127.0.0.1:PORT/", "http://localhost:PORT/", "http://LOCALHOST:PORT/", "http://localhost.:PORT/", "http://127.0.0.1.:PORT/",
    "http://127.1:PORT/", "http://127.0.1:PORT/", "http://127.127.127.127:PORT/", "http://0:PORT/", "http://0.0.0.0:PORT/",
    "http://2130706433:PORT/", "http://0x7f000001:PORT/", "http://0x7f.0.0.1:PORT/", "http://0177.0.0.1:PORT/", "http://017700000001:PORT/",
    "http://0x7f.1:PORT/", "http://00000177.0.0.1:PORT/", "http://127.0.0.1%2e:PORT/", "http://①②⑦.⓪.⓪.①:PORT/", "http://127。0。0。1:PORT/",
    "http://[::1]:PORT/", "http://[0:0:0:0:0:0:0:1]:PORT/", "http://[::]:PORT/", "http://[::ffff:127.0.0.1]:PORT/",
    "http://[::ffff:7f00:1]:PORT/", "http://[0:0:0:0:0:ffff:127.0.0.1]:PORT/", "http://[::127.0.0.1]:PORT/", "http://[::ffff:0:127.0.0.1]:PORT/",
    "http://[64:ff9b::127.0.0.1]:PORT/", "http://[64:ff9b::7f00:1]:PORT/", "http://[64:ff9b:1::7f00:1]:PORT/", "http://[2002:7f00:1::]:PORT/",
    "http://[2001:0:7f00:1::]:PORT/", "http://[fe80::1%25lo]:PORT/", "http://[fe80::1]:PORT/", "http://[fc00::1]:PORT/", "http://[fec0::1]:PORT/",
    "http://[ff02::1]:PORT/",
    # private networks, and what the providers of machines say about them
    "http://10.0.0.1:PORT/", "http://172.16.0.1:PORT/", "http://172.31.255.255:PORT/", "http://192.168.1.1:PORT/", "http://100.64.0.1:PORT/",
    "http://169.254.169.254:PORT/latest/meta-data/", "http://169.254.170.2:PORT/", "http://2852039166:PORT/", "http://0xA9FEA9FE:PORT/",
    "http://[::ffff:169.254.169.254]:PORT/", "http://[64:ff9b::169.254.169.254]:PORT/", "http://[fd00:ec2::254]:PORT/",
    "http://168.63.129.16:PORT/", "http://100.100.100.200:PORT/", "http://192.0.0.192:PORT/", "http://198.18.0.1:PORT/", "http://192.0.2.1:PORT/",
    "http://224.0.0.1:PORT/", "http://240.0.0.1:PORT/", "http://255.255.255.255:PORT/",
    # two readings of one address, and other schemes
    "http://example.org@127.0.0.1:PORT/", "http://127.0.0.1:PORT@example.org/", "http://user:word@127.0.0.1:PORT/",
    "http://127.0.0.1:PORT\\@example.org/", "http://127.0.0.1:PORT#@example.org/", "http://127.0.0.1:PORT?@example.org/",
    "http://exa mple.org:PORT/", "http://127.0.0.1\t:PORT/", "http://127.0.0.1:PORT/\r\nHost: example.org", "http:///127.0.0.1:PORT/",
    "http:127.0.0.1:PORT/", "//127.0.0.1:PORT/", "ftp://127.0.0.1:PORT/", "file:///etc/passwd", "gopher://127.0.0.1:PORT/", "dict://127.0.0.1:PORT/",
    "data:text/html,hello", "javascript:alert(1)", "jar:http://127.0.0.1:PORT/!/", "http+unix://%2Fvar%2Frun%2Fdocker.sock/",
    "http://", "", "127.0.0.1:PORT",
]  # fmt: skip


@pytest.mark.parametrize("address", BYPASSES)
def test_no_way_of_writing_it_leads_into_a_network_that_is_not_public(server, address, monkeypatch):
    server.routes["/"] = OK
    tried = []
    monkeypatch.setattr(socket, "create_connection", lambda to, **_: tried.append(to))
    fetcher = Fetcher(limits=Limits(ports=(server.server_port,), seconds=2))
    with pytest.raises(RefusedError):
        fetcher.get(address.replace("PORT", str(server.server_port)))
    assert (tried, server.asked) == ([], [])


def test_the_list_of_ways_is_long_enough_to_mean_something():
    assert len(set(BYPASSES)) >= 60


@pytest.mark.parametrize(
    "address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c", "64:ff9b::808:808"]
)
def test_the_public_internet_is_public(address):
    assert is_public(ipaddress.ip_address(address))


NOT_PUBLIC = """
    168.63.129.16 192.0.0.192 100.100.100.200 169.254.169.254 fd00:ec2::254 ::ffff:10.0.0.1 ::ffff:a9fe:a9fe
    64:ff9b::a00:1 64:ff9b:1::808:808 2002:808:808:: 2001:0:808:808:: ::8.8.8.8 fe80::1 fec0::1 ff02::1
    127.0.0.2 0.0.0.0 224.0.0.1 240.0.0.1 255.255.255.255 198.51.100.1 203.0.113.9 2001:db8::1
""".split()


@pytest.mark.parametrize("address", NOT_PUBLIC)
def test_what_is_no_part_of_the_public_internet_is_not_public(address):
    assert not is_public(ipaddress.ip_address(address))


def test_a_name_with_one_private_address_among_public_ones_is_refused(server):
    with pytest.raises(RefusedError, match="not public"):
        client(server).get(url(server, host="both.example"))
    assert server.asked == []


def test_the_connection_goes_to_the_address_that_was_checked(server):
    server.routes = {"/": OK}
    answers = itertools.chain(["127.0.0.1"] * 2, itertools.repeat("10.0.0.7"))
    fetcher = client(server)
    fetcher.resolve = lambda _host, _port: [ipaddress.ip_address(next(answers))]
    assert fetcher.get(url(server)).status == 200
    with pytest.raises(RefusedError, match="not public"):
        fetcher.get(url(server))


@pytest.mark.parametrize(
    "target",
    [
        "http://inside.example:PORT/",
        "http://10.0.0.1:PORT/",
        "file:///etc/passwd",
        "ftp://news.example/",
        "http://news.example:22/",
        "//inside.example:PORT/",
    ],
)
def test_a_redirect_is_checked_like_a_new_address(server, target):
    server.routes["/"] = (302, {"Location": target}, b"")
    fetcher = client(server)
    inner = fetcher.resolve
    fetcher.resolve = lambda host, port: [ipaddress.ip_address(host)] if host[0].isdigit() else inner(host, port)
    with pytest.raises(RefusedError):
        fetcher.get(url(server))
    assert server.asked == ["/robots.txt", "/"]


def test_a_redirect_to_a_public_page_is_followed_and_a_circle_is_left(server):
    server.routes = {"/": (301, {"Location": "/new"}, b""), "/new": OK, "/round": (302, {"Location": "/round"}, b"")}
    page = client(server).get(url(server))
    assert (page.asked, page.url) == (url(server), url(server, "/new"))
    with pytest.raises(RefusedError, match="leads on"):
        client(server).get(url(server, "/round"))


# --- politeness --------------------------------------------------------------------------------------------------------------------


def test_robots_txt_is_respected_and_asked_for_once(server):
    server.routes = {
        "/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private\n"),
        "/private/1": OK,
        "/a": OK,
        "/b": OK,
    }
    fetcher = client(server)
    found = list(fetcher.all([url(server, path) for path in ("/private/1", "/a", "/b")]))
    assert [type(each) for each in found] == [Problem, Page, Page]
    assert "robots.txt forbids" in found[0].reason
    assert server.asked == ["/robots.txt", "/a", "/b"]


@pytest.mark.parametrize("answer", [(503, {}, b""), (429, {}, b""), (302, {"Location": "/robots.txt"}, b"")])
def test_a_site_that_cannot_say_its_rules_is_left_alone(server, answer):
    server.routes = {"/robots.txt": answer, "/": OK}
    with pytest.raises(RefusedError, match=r"robots\.txt"):
        client(server).get(url(server))
    assert "/" not in server.asked


def test_rules_are_followed_where_they_lead(server):
    rules = (200, {}, b"User-agent: *\nDisallow: /private\n")
    server.routes = {"/robots.txt": (301, {"Location": "/rules"}, b""), "/rules": rules, "/private": OK, "/a": OK}
    fetcher = client(server)
    assert fetcher.get(url(server, "/a")).status == 200
    with pytest.raises(RefusedError, match="forbids"):
        fetcher.get(url(server, "/private"))


def test_rules_that_lead_into_a_network_that_is_not_public_are_not_asked(server):
    server.routes = {"/robots.txt": (302, {"Location": "http://inside.example:PORT/"}, b""), "/": OK}
    with pytest.raises(RefusedError, match="not public"):
        client(server).get(url(server))
    assert server.asked == ["/robots.txt"]


def test_a_host_is_asked_no_more_often_than_agreed(server):
    server.routes = {"/a": OK, "/b": OK, "/c": OK}
    clock = Clock()
    list(client(server, clock=clock, pause_seconds=2.5).all([url(server, path) for path in ("/a", "/b", "/c")]))
    assert clock.slept == [2.5, 2.5]


def test_a_site_may_ask_for_more_time(server):
    server.routes = {"/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 9\n"), "/a": OK, "/b": OK}
    clock = Clock()
    list(client(server, clock=clock).all([url(server, path) for path in ("/a", "/b")]))
    assert clock.slept == [9.0]


def test_a_site_that_wants_one_page_in_ten_minutes_is_asked_for_one(server):
    server.routes = {"/robots.txt": (200, {}, b"User-agent: *\nCrawl-delay: 600\n"), "/a": OK, "/b": OK}
    clock = Clock()
    found = list(client(server, clock=clock).all([url(server, path) for path in ("/a", "/b")]))
    assert [type(each) for each in found] == [Page, Problem]
    assert "600 seconds between two pages" in found[1].reason
    assert clock.slept == []


def test_a_rate_that_a_site_asks_for_is_kept(server):
    server.routes = {"/robots.txt": (200, {}, b"User-agent: *\nRequest-rate: 1/5\n"), "/a": OK, "/b": OK}
    clock = Clock()
    list(client(server, clock=clock).all([url(server, path) for path in ("/a", "/b")]))
    assert clock.slept == [5.0]


# --- bounds ------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers, body",
    [
        ({}, b"x" * 30_000),
        ({"Content-Encoding": "gzip"}, gzip.compress(b"x" * 5_000_000)),
        ({"Content-Length": "99999999999"}, b"x" * 30_000),
    ],
    ids=["long", "a bomb", "longer than it says"],
)
def test_an_answer_is_bounded(server, headers, body):
    server.routes["/"] = (200, {"Content-Type": "text/html"} | headers, body)
    with pytest.raises(RefusedError, match=r"20,000 bytes"):
        client(server, bytes=20_000).get(url(server))


def test_an_answer_that_comes_packed_is_unpacked(server):
    server.routes["/"] = (
        200,
        {"Content-Type": "text/html", "Content-Encoding": "gzip"},
        gzip.compress(ARTICLE.encode()),
    )
    assert client(server).get(url(server)).body == ARTICLE.encode()


def test_an_answer_that_breaks_off_is_no_page(server):
    server.routes["/"] = lambda handler: handler.wfile.write(
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 1000\r\n\r\n<p>half"
    )
    with pytest.raises(RefusedError, match="breaks off after 7 of 1,000 bytes"):
        client(server).get(url(server))


def test_a_packed_answer_that_breaks_off_is_no_page(server):
    packed = gzip.compress(ARTICLE.encode() * 50)[:-30]
    server.routes["/"] = (200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, packed)
    with pytest.raises(RefusedError, match="breaks off"):
        client(server).get(url(server))


def dripping(head, piece=b"H"):
    """An answer that begins in one piece and then never ends."""

    def drip(handler):
        handler.wfile.write(head)
        for _ in range(500):
            handler.wfile.write(piece)
            handler.wfile.flush()
            threading.Event().wait(0.02)

    return drip


HEADERS = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
DRIPS = {
    "its headers": dripping(HEADERS),
    "a page of no length": dripping(HEADERS + b"\r\n"),
    "a page in pieces": dripping(HEADERS + b"Transfer-Encoding: chunked\r\n\r\n", b"2\r\n<p\r\n"),
    "a page of some length": dripping(HEADERS + b"Content-Length: 99999\r\n\r\n"),
}


def hurried(server):
    """A client that waits no longer than a moment, by the clock on the wall."""
    return Fetcher(
        limits=Limits(ports=(server.server_port,), seconds=0.4),
        resolve=lambda _host, _port: [ipaddress.ip_address("127.0.0.1")],
        permit=lambda _address: True,
    )


@pytest.mark.parametrize("of", DRIPS)
def test_a_server_that_drips_is_left_in_time_and_half_of_its_page_is_no_page(server, of):
    server.routes["/"] = DRIPS[of]
    with pytest.raises(RefusedError, match=r"took longer than 0\.4 seconds"):
        hurried(server).get(url(server))


def test_a_page_that_stops_coming_is_left_in_time(server):
    def stop(handler):
        handler.wfile.write(HEADERS + b"\r\n<p>half")
        handler.wfile.flush()
        threading.Event().wait(2)

    server.routes["/"] = stop
    with pytest.raises(RefusedError, match=r"took longer than 0\.4 seconds"):
        hurried(server).get(url(server))


LOST = {
    "in its pieces": (HEADERS + b"Transfer-Encoding: chunked\r\n\r\n6\r\n<p>half\r\n", "breaks off after 6 bytes"),
    "in its headers": (HEADERS, "is answered with nothing"),
}


@pytest.mark.parametrize("where", LOST)
def test_half_an_answer_that_a_lost_connection_left_is_no_page(server, where):
    half, said = LOST[where]
    server.routes["/"] = lambda handler: handler.wfile.write(half)
    with pytest.raises(RefusedError, match=said):
        client(server).get(url(server))


@pytest.mark.parametrize("answer", [b"nonsense\r\n\r\n", b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * 500 + b"\r\n", b""])
def test_a_server_that_speaks_nonsense_is_a_problem(server, answer):
    server.routes["/"] = lambda handler: handler.wfile.write(answer)
    (found,) = client(server).all([url(server)])
    assert isinstance(found, Problem)


@pytest.mark.parametrize("kind", ["image/png", "application/pdf", "video/mp4"])
def test_what_is_no_page_is_refused(server, kind):
    server.routes["/"] = (200, {"Content-Type": kind}, b"x")
    with pytest.raises(RefusedError, match=kind):
        client(server).get(url(server))


@pytest.mark.parametrize("status", [404, 410, 500])
def test_an_answer_that_is_no_page_says_its_status(server, status):
    server.routes["/"] = (status, {}, b"")
    with pytest.raises(RefusedError, match=str(status)):
        client(server).get(url(server))


def test_a_host_that_nobody_knows_is_a_problem_and_the_others_are_asked(server):
    server.routes["/"] = OK
    fetcher = client(server)
    inner = fetcher.resolve
    fetcher.resolve = lambda host, port: [] if host == "nowhere.example" else inner(host, port)
    found = list(fetcher.all([url(server, host="nowhere.example"), url(server)]))
    assert [type(each) for each in found] == [Problem, Page]


def test_a_port_that_pages_do_not_come_from_is_not_asked():
    with pytest.raises(RefusedError, match="port 25"):
        Fetcher().get("http://news.example:25/")


def test_a_server_that_does_not_speak_the_protocol_of_its_address_is_refused(server):
    with pytest.raises(RefusedError):
        client(server).get(f"https://news.example:{server.server_port}/")


def certified(folder, name):
    """A certificate that its own key signed, for a name, as a file with that key."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    now = datetime.datetime.now(datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(who)
        .issuer_name(who)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    plain = (serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    path = folder / f"{name}.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, *plain) + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


class Polite(http.server.ThreadingHTTPServer):
    """A server over TLS that says where its answers end, unless it is to lose its connections."""

    loses = False

    def shutdown_request(self, request):
        if not self.loses:
            with contextlib.suppress(OSError, ValueError):
                request.settimeout(1)
                request.unwrap()
        super().shutdown_request(request)


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    """A server over TLS for news.example, and where its certificate is."""
    path = certified(tmp_path_factory.mktemp("keys"), "news.example")
    server = Polite(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.routes, server.asked = {"/": OK}, []
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(path)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield server, path
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.mark.parametrize("host, trusted", [("news.example", True), ("news.example", False), ("other.example", True)])
def test_a_certificate_must_be_trusted_and_of_that_name(secure, host, trusted):
    server, path = secure
    fetcher = client(server)
    fetcher.trust = ssl.create_default_context(cafile=path) if trusted else None
    address = f"https://{host}:{server.server_port}/"
    if (host, trusted) == ("news.example", True):
        assert fetcher.get(address).status == 200
    else:
        with pytest.raises(RefusedError, match="certificate verify failed"):
            fetcher.get(address)


@pytest.fixture
def trusting(secure):
    server, path = secure
    fetcher = hurried(server)
    fetcher.trust = ssl.create_default_context(cafile=path)
    server.routes = {"/": OK}
    yield server, fetcher, f"https://news.example:{server.server_port}/"
    server.routes, server.loses = {"/": OK}, False


@pytest.mark.parametrize("of", DRIPS)
def test_a_server_that_drips_over_tls_is_left_in_time_as_well(trusting, of):
    server, fetcher, address = trusting
    server.routes["/"] = DRIPS[of]
    with pytest.raises(RefusedError, match=r"took longer than 0\.4 seconds"):
        fetcher.get(address)


def test_a_server_that_begins_tls_and_says_nothing_is_left_in_time():
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        fetcher = Fetcher(
            limits=Limits(ports=(port,), seconds=0.4),
            resolve=lambda _host, _port: [ipaddress.ip_address("127.0.0.1")],
            permit=lambda _address: True,
        )
        with pytest.raises(RefusedError, match=r"took longer than 0\.4 seconds"):
            fetcher.get(f"https://news.example:{port}/")


@pytest.mark.parametrize("length, whole", [({}, False), ({"Content-Length": str(len(OK[2]))}, True)])
def test_a_secure_page_is_whole_where_its_server_says_so_or_its_length_does(trusting, length, whole):
    server, fetcher, address = trusting
    server.routes |= {"/robots.txt": (404, {"Content-Length": "0"}, b""), "/": (200, OK[1] | length, OK[2])}
    server.loses = True
    if whole:
        assert fetcher.get(address).body == OK[2]
    else:
        with pytest.raises(RefusedError, match=f"breaks off after {len(OK[2])} bytes"):
            fetcher.get(address)


def test_a_secure_page_leads_to_no_open_one(secure):
    server, path = secure
    server.routes["/down"] = (302, {"Location": "http://news.example/"}, b"")
    fetcher = client(server)
    fetcher.trust = ssl.create_default_context(cafile=path)
    with pytest.raises(RefusedError, match="leads from https"):
        fetcher.get(f"https://news.example:{server.server_port}/down")


# --- what becomes of it ------------------------------------------------------------------------------------------------------------


def test_fetched_pages_are_read_from_the_archive_they_are_saved_in(server, tmp_path):
    server.routes = {"/1": OK, "/2": OK}
    path = tmp_path / "pages.warc.gz"
    with path.open("ab") as archive:
        for page in client(server).all([url(server, "/1"), url(server, "/2")]):
            archive.write(to_warc(page))
    found = list(ingest.read(path))
    assert [type(each) for each in found] == [Document, Document]
    assert [each.url for each in found] == [url(server, "/1"), url(server, "/2")]
    assert "trois civils ont été tués" in found[0].text


def test_nothing_but_fetch_opens_a_connection(root):
    """Who else imports what connects would break the promise that nothing is downloaded when reports are read."""
    package = root / "src" / "reportedly"
    words = ("import http.client", "urllib.request", "import requests", "import httpx", "socket.create_connection")
    found = [
        path.relative_to(package).as_posix()
        for path in package.rglob("*.py")
        if any(word in path.read_text(encoding="utf-8") for word in words)
    ]
    assert found == ["fetch/__init__.py"]


def test_a_closed_port_is_a_problem():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    fetcher = Fetcher(
        limits=Limits(ports=(port,)),
        resolve=lambda _host, _port: [ipaddress.ip_address("127.0.0.1")],
        permit=lambda _address: True,
    )
    with pytest.raises(RefusedError, match="cannot be reached"):
        fetcher.get(f"http://news.example:{port}/")


# --- what is said ------------------------------------------------------------------------------------------------------------------


@pytest.fixture
def fetching(server, tmp_path, monkeypatch):
    """The command, in the world of ``client``; what it says of addresses, a line each, and its exit code."""

    def fetch(*addresses):
        monkeypatch.setattr("reportedly.fetch.Fetcher", lambda *, limits: client(server, seconds=limits.seconds))
        done = CliRunner().invoke(app, ["fetch", *addresses, "--output", str(tmp_path / "pages.warc.gz")])
        return done.exit_code, done.stdout.splitlines(), done.stderr.splitlines()

    return fetch


@pytest.mark.parametrize(
    "address, said",
    [
        ("nonsense", "nonsense: is no whole address: it lacks https://; write https://nonsense"),
        ("news.example/1", "news.example/1: is no whole address: it lacks https://; write https://news.example/1"),
        ("news.example:80/1", "it lacks https://; write https://news.example:80/1"),
        ("//news.example/1", "it lacks https://; write https://news.example/1"),
        ("", "'': is no whole address"),
        ("mailto:a@b.example", "mailto:a@b.example: is neither http nor https"),
        ("ftp://news.example/", "ftp://news.example/: is neither http nor https"),
        ("https://[::1", "https://[::1: is no address (Invalid IPv6 URL); write it as https://example.org/page"),
        ("https://é..example/", "https://é..example/: is no address (label empty or too long)"),
        ("https://", "https://: names no host"),
    ],
)
def test_an_address_that_is_none_is_told_what_it_lacks(fetching, address, said):
    code, _, (line, *more) = fetching(address)
    assert said in line
    assert (code, more) == (3, [])


SAID = {
    "/missing": (NONE, "is answered with 404 Not Found; try again later"),
    "/picture": ((200, {"Content-Type": "image/png"}, b"x"), "is of type image/png; save it yourself"),
    "/packed": ((200, {"Content-Type": "text/html", "Content-Encoding": "br"}, b"x"), "comes packed as br"),
    "/torn": ((200, {"Content-Type": "text/html", "Content-Encoding": "gzip"}, b"no gzip"), "cannot be unpacked"),
    "/short": ((200, {"Content-Type": "text/html", "Content-Length": "9"}, b"x"), "breaks off after 1 of 9 bytes"),
    "/round": ((302, {"Location": "/round"}, b""), "leads on more than 5 times; open it in a browser"),
    "/away": (
        (302, {"Location": "http://inside.example:PORT/"}, b""),
        "leads to http://inside.example:PORT/, which lies in a network that is not public; save the page yourself",
    ),
    "/private": (OK, "must not be asked for: its site's robots.txt forbids it; open it in a browser"),
    "/silent": (lambda handler: None, "does not answer as it should"),
}


@pytest.mark.parametrize("path", SAID)
def test_what_is_wrong_with_an_address_is_said_in_one_line_that_names_it_once(server, fetching, path):
    answer, said = SAID[path]
    server.routes = {"/robots.txt": (200, {}, b"User-agent: *\nDisallow: /private\n"), path: answer, "/a": OK}
    code, got, (line, last) = fetching(url(server, path), url(server, "/a"))
    assert line.startswith(f"reportedly: {url(server, path)}: {said.replace('PORT', str(server.server_port))}")
    assert line.count(url(server, path)) == 1
    assert (code, last) == (3, "reportedly: 1 of 2 could not be read")
    assert [each.startswith(f"{url(server, '/a')}: ") for each in got] == [True]


def test_a_site_that_cannot_say_its_rules_is_told_apart_from_one_that_forbids(server, fetching):
    server.routes = {"/robots.txt": (503, {}, b""), "/": OK}
    _, _, (line,) = fetching(url(server))
    assert "is left alone: its site does not say what may be asked" in line
    assert line.count("503 Service Unavailable") == 1
    server.routes = {"/robots.txt": (302, {"Location": "http://inside.example:PORT/"}, b""), "/": OK}
    _, _, (line,) = fetching(url(server))
    assert "/robots.txt leads to http://inside.example" in line


def test_a_host_that_is_in_no_public_network_is_said_to_be_so(server, fetching):
    _, _, (line,) = fetching(url(server, host="inside.example"))
    assert f"{url(server, host='inside.example')}: lies in a network that is not public; save the page" in line


def test_pages_that_were_all_had_end_well(server, fetching, tmp_path):
    server.routes = {"/a": OK}
    assert fetching(url(server, "/a"))[::2] == (0, [])
    assert len(list(ingest.read(tmp_path / "pages.warc.gz"))) == 1


def test_an_address_on_another_port_is_refused_with_a_cure():
    (found,) = Fetcher().all(["http://news.example:8765/1"])
    assert found.reason == "is on port 8765; only 80 and 443 are asked"
    assert found.cure == "save the page yourself, then read the file"


@contextlib.contextmanager
def files_no_larger_than(room):
    """A disk that gets full, as far as this process can tell."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (room, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


def test_a_page_that_the_disk_cannot_hold_is_left_out_whole_and_those_before_it_stay(server, fetching, tmp_path):
    server.routes = {"/a": OK, "/b": OK}
    archive = tmp_path / "pages.warc.gz"
    fetching(url(server, "/a"))
    whole = archive.read_bytes()
    with files_no_larger_than(len(whole) + 100):
        code, got, said = fetching(url(server, "/b"))
    assert (code, got) == (1, [])
    assert said == [f"reportedly: {archive}: File too large; make room and give the same command again"]
    assert archive.read_bytes() == whole
    assert fetching(url(server, "/b"))[0] == 0
    assert [isinstance(found, Document) for found in ingest.read(archive)] == [True, True]


NO_ARCHIVES = {
    "a report": (
        b"Douze civils ont \xc3\xa9t\xc3\xa9 tu\xc3\xa9s \xc3\xa0 Alep.\n",
        "it is no web archive, and stays as it is",
    ),
    "a packed report": (gzip.compress(b"Alep."), "it is no web archive, and stays as it is"),
    "packed, and torn": (b"\x1f\x8bno gzip", "it is no web archive, and stays as it is"),
    "an archive that is not packed": (b"WARC/1.0\r\n", "it is a web archive that is not packed, and stays as it is"),
}


@pytest.mark.parametrize("what", NO_ARCHIVES)
def test_pages_are_not_added_to_a_file_that_is_no_packed_archive(server, fetching, tmp_path, what):
    held, said = NO_ARCHIVES[what]
    archive = tmp_path / "pages.warc.gz"
    archive.write_bytes(held)
    server.routes = {"/a": OK}
    code, got, (line,) = fetching(url(server, "/a"))
    assert (code, got, server.asked) == (2, [], [])
    assert line == f"reportedly: {archive}: {said}; name another file, or one that is not there yet"
    assert archive.read_bytes() == held


def test_a_folder_is_no_archive_and_what_lies_in_none_is_not_asked_for(server, fetching, tmp_path, monkeypatch):
    (tmp_path / "pages.warc.gz").mkdir()
    code, _, (line,) = fetching(url(server, "/a"))
    assert (code, f"{tmp_path / 'pages.warc.gz'}: it is a folder; name another file" in line) == (2, True)
    done = CliRunner().invoke(app, ["fetch", url(server, "/a"), "-o", str(tmp_path / "none" / "a.warc.gz")])
    assert (done.exit_code, server.asked) == (2, [])
    assert f"there is no folder {tmp_path / 'none'}; make it" in done.stderr


@pytest.mark.parametrize("held", [b"", to_warc(Page("a", "a", 200, (), ARTICLE.encode(), "2024-05-01T00:00:00Z"))])
def test_pages_are_added_to_an_archive_and_to_an_empty_file(server, fetching, tmp_path, held):
    archive = tmp_path / "pages.warc.gz"
    archive.write_bytes(held)
    server.routes = {"/a": OK}
    assert fetching(url(server, "/a"))[0] == 0
    assert archive.read_bytes().startswith(held)
    assert len(list(ingest.read(archive))) == 1 + bool(held)


@pytest.mark.parametrize(
    "address, shown, said",
    [
        (
            "http://me:secret@news.example/a",
            "http://me:…@news.example/a",
            "holds a user's name or password; leave it out",
        ),
        (
            "http://me:se/cret@news.example/",
            "http://me:…@news.example/",
            "holds a user's name or password; leave it out",
        ),
        ("http://me:secret@news.℀/", "http://me:…@news.℀/", "holds a user's name or password; leave it out"),
        ("me:secret@news.example", "me:…@news.example", "is neither http nor https"),
        ("//me:secret@news.example", "//me:…@news.example", "write https://me:…@news.example"),
        ("http://news.example:0/", "http://news.example:0/", "names a port that cannot be (0); write it as https://"),
        (
            "http://news.example:-1/",
            "http://news.example:-1/",
            "names a port that cannot be (-1); write it as https://",
        ),
        ("http://news.example:99999/", "http://news.example:99999/", "names a port that cannot be (99999)"),
        ("http://news.example:port/", "http://news.example:port/", "names a port that cannot be (port)"),
    ],
)
def test_an_address_is_shown_without_its_password_and_a_port_that_cannot_be_is_said(fetching, address, shown, said):
    code, _, (line,) = fetching(address)
    assert line.startswith(f"reportedly: {shown}: ")
    assert (said in line, "(se" in line or "cret" in line, code) == (True, False, 3)


def test_a_password_that_a_site_leads_to_is_not_shown(server, fetching):
    server.routes = {"/a": (302, {"Location": "http://me:secret@news.example/"}, b"")}
    _, _, (line,) = fetching(url(server, "/a"))
    assert "leads to http://me:…@news.example/, which holds a user's name or password" in line


@pytest.mark.parametrize("saved", [0, 1])
def test_a_fetch_that_is_stopped_says_what_is_saved_and_how_to_go_on(server, fetching, tmp_path, monkeypatch, saved):
    def press(_handler):
        raise KeyboardInterrupt

    server.routes = {"/a": OK, "/b": OK}
    real = Fetcher.get
    monkeypatch.setattr(Fetcher, "get", lambda self, one: press(one) if one.endswith("/b") else real(self, one))
    code, _, (line,) = fetching(*[url(server, path) for path in ("/a", "/b")][1 - saved :])
    kept = f"1 of 2 saved so far, in {tmp_path / 'pages.warc.gz'}; ask for the others by themselves"
    assert (code, line) == (
        130,
        f"reportedly: stopped; {kept if saved else 'no page was saved; the same command begins anew'}",
    )
