"""A line to a server that can be cut, can fall silent, and can be mended."""

import contextlib
import socket
import struct
import threading

RESET = struct.pack("ii", 1, 0)


class Proxy:
    """Listens on a port of its own from start to end of a `with`, and passes everything to another port."""

    def __init__(self, port):
        self.behind = port
        self.flowing = threading.Event()
        self.flowing.set()
        self.lines, self.lock = set(), threading.Lock()
        self.far_ports = set()  # by which the server behind knows us
        self.listener = None
        self.port = 0

    def __enter__(self):
        self.listen()
        return self

    def __exit__(self, *_):
        self.flowing.set()
        self.cut()

    def listen(self):
        self.listener = socket.socket()
        self.listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        self.listener.bind(("127.0.0.1", self.port))
        self.listener.listen(128)
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self.accept, args=[self.listener], daemon=True).start()

    def cut(self):
        """Ends every connection as if the machine behind had gone; new ones are refused."""
        with contextlib.suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        with self.lock:
            lines, self.lines = self.lines, set()
        for line in lines:
            with contextlib.suppress(OSError):
                line.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, RESET)
                line.shutdown(socket.SHUT_RDWR)

    def stall(self):
        """Accepts and keeps connections, and passes nothing."""
        self.flowing.clear()

    def mend(self):
        """Passes again; what a silent line held back is passed too, late."""
        if self.listener.fileno() < 0:
            self.listen()
        self.flowing.set()

    def accept(self, listener):
        while True:
            try:
                near, _ = listener.accept()
            except OSError:
                return
            try:
                far = socket.create_connection(("127.0.0.1", self.behind))
            except OSError:
                near.close()
                continue
            with self.lock:
                self.lines |= {near, far}
                self.far_ports.add(far.getsockname()[1])
            for ends in ((near, far), (far, near)):
                threading.Thread(target=self.pass_on, args=ends, daemon=True).start()

    def pass_on(self, source, target):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                self.flowing.wait()
                target.sendall(data)
        for line in (source, target):
            with contextlib.suppress(OSError):
                line.shutdown(socket.SHUT_RDWR)
        with self.lock:
            self.lines -= {source, target}
        source.close()
