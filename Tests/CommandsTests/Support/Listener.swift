import Foundation
import Synchronization
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// A server in a few lines, on threads of its own: gives each connection to whoever made it.
final class Listener: Sendable {
    enum Place: Sendable {
        case socket(String)
        /// On loopback; 0 takes a free one.
        case port(Int)
    }

    let port: Int
    private let handle: Int32
    private let path: String?
    private let ended = DispatchSemaphore(value: 0)

    init(_ place: Place, _ answer: @escaping @Sendable (Connection) -> Void) throws {
        var bound: Int32
        switch place {
        case .socket(let path):
            self.path = path
            handle = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
            var address = sockaddr_un()
            address.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: Array(path.utf8)) }
            bound = Listener.bound(handle, &address)
        case .port(let port):
            path = nil
            handle = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
            var yes: Int32 = 1
            setsockopt(handle, SOL_SOCKET, SO_REUSEADDR, &yes, socklen_t(MemoryLayout<Int32>.size))
            var address = sockaddr_in()
            address.sin_family = sa_family_t(AF_INET)
            address.sin_port = in_port_t(port).bigEndian
            address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            bound = Listener.bound(handle, &address)
        }
        let taking = handle
        port = Listener.port(of: taking)
        try #require(bound == 0 && listen(handle, 16) == 0, "errno \(errno)")
        let ended = ended
        Thread.detachNewThread {
            while true {
                let one = accept(taking, nil, nil)
                guard one >= 0 else {
                    // Closed here only: another socket could get the number while this one still asks.
                    close(taking)
                    ended.signal()
                    return
                }
                Thread.detachNewThread {
                    let connection = Connection(one)
                    answer(connection)
                    connection.end()
                }
            }
        }
    }

    /// Takes no more connections; those there are go on.
    func stop() {
        shutdown(handle, Int32(SHUT_RDWR))
        ended.wait()
        if let path { unlink(path) }
    }

    private static func bound<Address>(_ handle: Int32, _ address: inout Address) -> Int32 {
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(handle, $0, socklen_t(MemoryLayout<Address>.size))
            }
        }
    }

    private static func port(of handle: Int32) -> Int {
        var found = sockaddr_in()
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        _ = withUnsafeMutablePointer(to: &found) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { getsockname(handle, $0, &length) }
        }
        return Int(in_port_t(bigEndian: found.sin_port))
    }

    /// A path short enough for a socket.
    static func freshPath() -> String {
        FileManager.default.temporaryDirectory.path + "/tl-\(UUID().uuidString.prefix(8)).sock"
    }
}

/// One connection of a ``Listener``; its calls block.
final class Connection: Sendable {
    private let handle: Int32
    private let isOver = Mutex(false)

    init(_ handle: Int32) { self.handle = handle }

    /// Exactly so many bytes; nil when it ends before.
    func read(_ count: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65_536)
        while bytes.count < count {
            let found = recv(handle, &buffer, min(buffer.count, count - bytes.count), 0)
            guard found > 0 else { return nil }
            bytes += buffer[0..<found]
        }
        return bytes
    }

    /// Up to an octet, which is left out; nil when it ends before.
    func read(until end: UInt8) -> [UInt8]? {
        var bytes: [UInt8] = []
        while let one = read(1)?.first {
            if one == end { return bytes }
            bytes.append(one)
        }
        return nil
    }

    func write(_ text: String) {
        let bytes = Array(text.utf8)
        _ = send(handle, bytes, bytes.count, Int32(MSG_NOSIGNAL))
    }

    /// Ends it at once, as a machine that goes away does.
    func reset() {
        isOver.withLock { isOver in
            guard !isOver else { return }
            var hard = linger(l_onoff: 1, l_linger: 0)
            setsockopt(handle, SOL_SOCKET, SO_LINGER, &hard, socklen_t(MemoryLayout<linger>.size))
            shutdown(handle, Int32(SHUT_RDWR))
        }
    }

    fileprivate func end() {
        isOver.withLock { isOver in
            close(handle)
            isOver = true
        }
    }
}
