import Foundation
import Synchronization

/// A PostgreSQL server of the tests' own: Debian's programs, a free port, a temporary folder, `fsync` on. It ends with
/// the process that started it, however that ends.
final class PostgresServer: Sendable {
    struct Failed: Error, CustomStringConvertible {
        var description: String
    }

    /// Where the server's programs are; nil when PostgreSQL is not installed.
    static let programs: String? = {
        let root = "/usr/lib/postgresql"
        let versions = (try? FileManager.default.contentsOfDirectory(atPath: root)) ?? []
        let newest = versions.compactMap { Int($0) }.filter { $0 >= 13 }.max()
        let folder = newest.map { "\(root)/\($0)/bin" }
        if let folder, FileManager.default.isExecutableFile(atPath: folder + "/postgres") { return folder }
        FileHandle.standardError.write(
            Data("PostgreSQL is not installed: the contract tests run on SQLite only.\n".utf8))
        return nil
    }()

    /// One for all tests of a run.
    static let shared: Result<PostgresServer, Failed> = {
        do { return .success(try PostgresServer()) } catch let error as Failed { return .failure(error) } catch {
            return .failure(Failed(description: "\(error)"))
        }
    }()

    let port: Int
    let folder: String
    private let keepAlive: Pipe
    private let process: Process

    /// - Parameters:
    ///   - settings: further lines of its configuration.
    ///   - copyOf: start as a replica of this server.
    init(settings: [String] = [], copyOf primary: PostgresServer? = nil) throws {
        guard let programs = PostgresServer.programs else { throw Failed(description: "PostgreSQL is not installed") }
        folder = NSTemporaryDirectory() + "/throughline-postgres-\(UUID().uuidString)"
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        port = try PostgresServer.freePort()
        let configuration =
            [
                "listen_addresses = '127.0.0.1'", "port = \(port)", "unix_socket_directories = '\(folder)'",
                "fsync = on", "max_connections = 400", "shared_buffers = 32MB", "log_min_messages = fatal",
            ] + settings
        try (configuration.joined(separator: "\n") + "\n").write(
            toFile: folder + "/extra.conf", atomically: true, encoding: .utf8)
        let make =
            if let primary {
                "\"$1/pg_basebackup\" -R -X stream -c fast -h 127.0.0.1 -p \(primary.port) -U admin -D \"$2/data\""
            } else { "\"$1/initdb\" -D \"$2/data\" -U admin -A trust -E UTF8 --locale=C.UTF-8 --no-sync" }
        // The server ends when the other end of the pipe is closed, and at the latest after half an hour.
        let script = """
            \(make) >"$2/log" 2>&1 || exit 1
            cat "$2/extra.conf" >> "$2/data/postgresql.conf"
            timeout -s INT 1800 "$1/postgres" -D "$2/data" >>"$2/log" 2>&1 &
            server=$!
            cat >/dev/null
            kill -INT $server 2>/dev/null
            wait $server
            rm -rf "$2/data"
            """
        keepAlive = Pipe()
        process = Process()
        process.standardInput = keepAlive
        let command = ["/bin/sh", "-c", script, "sh", programs, folder]
        if getuid() == 0 {
            // PostgreSQL does not run as root.
            try PostgresServer.run("/bin/chown", ["postgres", folder])
            process.executableURL = URL(fileURLWithPath: "/usr/bin/setpriv")
            process.arguments = ["--reuid=postgres", "--regid=postgres", "--clear-groups"] + command
        } else {
            process.executableURL = URL(fileURLWithPath: command[0])
            process.arguments = Array(command.dropFirst())
        }
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        try process.run()
        let ready = ["-q", "-h", "127.0.0.1", "-p", "\(port)", "-U", "admin"]
        for _ in 0..<600 {
            if (try? PostgresServer.run(programs + "/pg_isready", ready)) != nil {
                if primary == nil { try prepare() }
                return
            }
            guard process.isRunning else { break }
            Thread.sleep(forTimeInterval: 0.1)
        }
        let log = (try? String(contentsOfFile: folder + "/log", encoding: .utf8)) ?? ""
        throw Failed(description: "PostgreSQL did not start: \(log.suffix(500))")
    }

    deinit { try? keepAlive.fileHandleForWriting.close() }

    /// The application is no superuser: rules that hold for it are seen to hold.
    private func prepare() throws {
        try sql("CREATE ROLE app LOGIN")
        try sql("CREATE DATABASE app OWNER app")
    }

    private static let number = Mutex(0)

    private static func fresh(_ kind: String) -> String {
        number.withLock { number in
            number += 1
            return "\(kind)\(number)"
        }
    }

    /// The URI of a new and empty schema; cheap, so that every test has one.
    func newSchema() throws -> String {
        let name = PostgresServer.fresh("test")
        try sql("CREATE SCHEMA \(name) AUTHORIZATION app", database: "app")
        return "\(uri("app"))?options=-csearch_path%3D\(name)"
    }

    /// The URI and the name of a new and empty database.
    func newDatabase() throws -> (uri: String, name: String) {
        let name = PostgresServer.fresh("base")
        try sql("CREATE DATABASE \(name) OWNER app")
        return (uri(name), name)
    }

    func uri(_ database: String) -> String { "postgres://app@127.0.0.1:\(port)/\(database)" }

    /// Runs a statement as the superuser and gives what it prints.
    @discardableResult
    func sql(_ statement: String, database: String = "postgres") throws -> String {
        guard let programs = PostgresServer.programs else { throw Failed(description: "PostgreSQL is not installed") }
        return try PostgresServer.run(
            programs + "/psql",
            [
                "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1", "-h", "127.0.0.1", "-p", "\(port)", "-U", "admin",
                "-d",
                database, "-c", statement,
            ])
    }

    /// Ends the server as a power cut would.
    func kill() throws {
        let pid = try String(contentsOfFile: folder + "/data/postmaster.pid", encoding: .utf8)
        guard let number = pid.split(separator: "\n").first.flatMap({ Int32($0) }) else { return }
        _ = Foundation.kill(number, SIGQUIT)
        for _ in 0..<200 where Foundation.kill(number, 0) == 0 { Thread.sleep(forTimeInterval: 0.05) }
    }

    func promote() throws { try sql("SELECT pg_promote()") }

    @discardableResult
    static func run(_ program: String, _ arguments: [String]) throws -> String {
        let process = Process()
        let (out, errors) = (Pipe(), Pipe())
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = arguments
        process.standardOutput = out
        process.standardError = errors
        process.standardInput = FileHandle.nullDevice
        try process.run()
        let text = String(decoding: out.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        let complaint = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failed(description: complaint) }
        return text.trimmingCharacters(in: .whitespacesAndNewlines)
    }

    private static func freePort() throws -> Int {
        let socket = Foundation.socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let bound = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(socket, $0, size) == 0 && getsockname(socket, $0, &size) == 0
            }
        }
        guard bound else { throw Failed(description: "there is no free port") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
