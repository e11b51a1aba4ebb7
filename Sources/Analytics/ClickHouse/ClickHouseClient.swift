internal import AsyncHTTPClient
internal import Experience
internal import NIOCore
internal import NIOHTTP1

/// One ClickHouse server over HTTP. Statements go in the body, so that their length has no bound of its own.
package struct ClickHouseClient: Sendable {
    package let address: AnalyticsAddress
    /// How long one statement may take, seconds.
    package var patience: Int64 = 600

    package init(_ address: AnalyticsAddress) { self.address = address }

    private static let answerLimit = 1 << 30

    /// Settings every question is asked under. A shard that does not answer is an error, whatever the server's own
    /// configuration says; and the answer is kept back until it is whole, so that a failure half way has its status.
    private static let asked: [(String, String)] = [
        ("wait_end_of_query", "1"), ("skip_unavailable_shards", "0"), ("max_query_size", "268435456"),
        ("max_ast_elements", "50000000"), ("max_expanded_ast_elements", "50000000"), ("join_use_nulls", "0"),
    ]

    /// Rows of an answer, tab-separated.
    package func rows(_ question: SQLText) async throws(AnalyticsError) -> TabRows {
        return TabRows(try await send(Array("\(question.text) FORMAT TabSeparated".utf8), ClickHouseClient.asked))
    }

    /// A statement without an answer.
    package func run(_ statement: SQLText, patience: Int64? = nil) async throws(AnalyticsError) {
        _ = try await send(
            Array(statement.text.utf8), [("wait_end_of_query", "1")], patience: patience)
    }

    /// Rows already written out, tab-separated, into a table; returns once every shard has them.
    ///
    /// - Parameter token: names the batch to servers that know such tokens, so that it is taken once.
    package func insert(
        _ head: SQLText, _ rows: [UInt8], token: String?
    ) async throws(AnalyticsError) {
        var settings = [
            ("query", "\(head.text) FORMAT TabSeparated"), ("insert_distributed_sync", "1"),
            ("max_insert_block_size", "1048576"),
        ]
        if let token { settings.append(("insert_deduplication_token", token)) }
        _ = try await send(rows, settings)
    }

    private func send(
        _ body: [UInt8], _ settings: [(String, String)], patience: Int64? = nil
    ) async throws(AnalyticsError) -> [UInt8] {
        let query = settings.map { "\($0.0)=\(ClickHouseClient.escaped($0.1))" }.joined(separator: "&")
        var request = HTTPClientRequest(url: address.base + "?" + query)
        request.method = .POST
        request.headers.add(name: "X-ClickHouse-User", value: address.user)
        if !address.password.isEmpty { request.headers.add(name: "X-ClickHouse-Key", value: address.password) }
        request.body = .bytes(ByteBuffer(bytes: body))
        let (status, bytes) = try await exchange(request, patience ?? self.patience)
        guard status == 200 else { throw ClickHouseClient.problem(String(decoding: bytes, as: UTF8.self), address) }
        return bytes
    }

    private func exchange(
        _ request: HTTPClientRequest, _ seconds: Int64
    ) async throws(AnalyticsError) -> (UInt, [UInt8]) {
        do {
            let response = try await HTTPClient.shared.execute(request, timeout: .seconds(seconds))
            let body = try await response.body.collect(upTo: ClickHouseClient.answerLimit)
            return (response.status.code, Array(body.readableBytesView))
        } catch is NIOTooManyBytesError {
            throw .tooLarge
        } catch let error as HTTPClientError {
            throw .unreachable(host: "\(address.host):\(address.port)", why: "\(error.shortDescription)")
        } catch is CancellationError {
            throw .unreachable(host: "\(address.host):\(address.port)", why: "stopped")
        } catch {
            throw .unreachable(host: "\(address.host):\(address.port)", why: "the connection failed")
        }
    }

    /// Unreserved characters as they are, all others as %XX.
    private static func escaped(_ text: String) -> String {
        let digits = Array("0123456789ABCDEF".utf8)
        var out: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2D, 0x2E, 0x5F, 0x7E: out.append(byte)
            default: out += [0x25, digits[Int(byte >> 4)], digits[Int(byte & 15)]]
            }
        }
        return String(decoding: out, as: UTF8.self)
    }

    /// What the server's own words mean to whoever asked. They may quote values of ours, so only the beginning is kept.
    private static func problem(_ text: String, _ address: AnalyticsAddress) -> AnalyticsError {
        let code = text.firstRange(of: "Code: ").flatMap { Int(text[$0.upperBound...].prefix { $0.isNumber }) } ?? 0
        switch code {
        case 279, 209, 210, 198, 32: return .shardMissing(brief(text))
        case 60, 81: return .notSetUp(database: address.database.text)
        default: return .refused(code: code, brief(text))
        }
    }

    private static func brief(_ text: String) -> String {
        let line = text.prefix { $0 != "\n" }
        return String(line.prefix(300))
    }
}
