"""Stands between the product and its database, where it can be cut, held up and opened again."""

import contextlib
import socket
import struct
import threading

# Closed without a farewell.
ABRUPT = struct.pack("ii", 1, 0)


class Proxy:
    def __init__(self, port):
        self.target = ("127.0.0.1", port)
        self.flows = threading.Event()
        self.flows.set()
        self.sockets, self.lock = set(), threading.Lock()
        self.listener, self.port = None, 0
        self.open()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.cut()

    def open(self):
        """Takes connections, and lets go on what was held up."""
        self.flows.set()
        if self.listener:
            return
        self.listener = socket.create_server(("127.0.0.1", self.port), reuse_port=False, backlog=100)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, args=(self.listener,), daemon=True).start()

    def hold(self):
        """Connections stay, and nothing comes through: as when a cable is pulled."""
        self.flows.clear()

    def cut(self):
        """Ends all connections and refuses new ones: as when the server is gone."""
        if self.listener:
            self.listener.shutdown(socket.SHUT_RDWR)
            self.listener.close()
            self.listener = None
        self.sever()

    def sever(self):
        """Ends the connections there are; new ones are taken."""
        with self.lock:
            ended, self.sockets = self.sockets, set()
        for one in ended:
            with contextlib.suppress(OSError):
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABRUPT)
                one.shutdown(socket.SHUT_RDWR)
            one.close()
        self.flows.set()

    def accept(self, listener):
        with contextlib.suppress(OSError):
            while True:
                client, _ = listener.accept()
                threading.Thread(target=self.connect, args=(client,), daemon=True).start()

    def connect(self, client):
        self.flows.wait()
        try:
            server = socket.create_connection(self.target)
        except OSError:
            client.close()
            return
        for one in (client, server):
            one.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with self.lock:
            self.sockets |= {client, server}
        for source, sink in ((client, server), (server, client)):
            threading.Thread(target=self.pass_on, args=(source, sink), daemon=True).start()

    def pass_on(self, source, sink):
        with contextlib.suppress(OSError):
            while data := source.recv(65_536):
                self.flows.wait()
                sink.sendall(data)
        with contextlib.suppress(OSError):
            sink.shutdown(socket.SHUT_WR)
        with self.lock:
            self.sockets -= {source}
        source.close()
