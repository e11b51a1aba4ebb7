import Experience
import NIOCore

/// The events of one request, each read or refused, in the order sent.
struct EventBatch {
    static let limit = 10_000

    enum Problem: Error {
        case tooMany
        case malformed(byte: Int, reason: String)
    }

    private(set) var reads: [EventDocument.Read] = []

    /// JSON: an array of events, `{"events": […]}` or one event. A document that is no JSON is refused whole.
    init(json buffer: ByteBuffer, sender: IntakeDesk.Sender, services: Set<ServiceID>) throws(Problem) {
        let result: Result<[EventDocument.Read], Problem> = buffer.withUnsafeReadableBytes { raw in
            let bytes = raw.assumingMemoryBound(to: UInt8.self)
            var json = JSONBytes(bytes, from: 0, to: bytes.count)
            do { return .success(try EventBatch.read(&json, sender, services)) } catch let problem as Problem {
                return .failure(problem)
            } catch let problem as JSONBytes.Malformed {
                return .failure(.malformed(byte: problem.at, reason: problem.reason))
            } catch { return .failure(.malformed(byte: 0, reason: "it can't be read")) }
        }
        reads = try result.get()
    }

    private static func read(
        _ json: inout JSONBytes, _ sender: IntakeDesk.Sender, _ services: Set<ServiceID>
    ) throws -> [EventDocument.Read] {
        var reads: [EventDocument.Read] = []
        func list(_ json: inout JSONBytes) throws(JSONBytes.Malformed) {
            try json.array { (json) throws(JSONBytes.Malformed) in
                if reads.count > limit {
                    try json.skip()
                } else {
                    reads.append(try EventDocument.read(&json, sender: sender, services: services))
                }
            }
        }
        if json.peek() == 0x5B {
            try list(&json)
        } else {
            let start = json.at
            var isWrapped = false
            try json.object { (name, json) throws(JSONBytes.Malformed) in
                if name == "events" {
                    isWrapped = true
                    try list(&json)
                } else {
                    try json.skip()
                }
            }
            if !isWrapped {
                json.at = start
                reads.append(try EventDocument.read(&json, sender: sender, services: services))
            }
        }
        guard json.peek() == nil else { throw json.malformed("something follows the end of the document") }
        guard reads.count <= limit else { throw Problem.tooMany }
        return reads
    }

    /// JSON Lines: one event a line; a line that is no JSON is refused alone. Empty lines don't count.
    init(lines buffer: ByteBuffer, sender: IntakeDesk.Sender, services: Set<ServiceID>) throws(Problem) {
        var reads: [EventDocument.Read] = []
        buffer.withUnsafeReadableBytes { raw in
            let bytes = raw.assumingMemoryBound(to: UInt8.self)
            var start = 0
            while start < bytes.count, reads.count <= EventBatch.limit {
                var end = start
                while end < bytes.count, bytes[end] != 0x0A { end += 1 }
                var json = JSONBytes(bytes, from: start, to: end)
                if json.peek() != nil {
                    do throws(JSONBytes.Malformed) {
                        let read = try EventDocument.read(&json, sender: sender, services: services)
                        if json.peek() == nil {
                            reads.append(read)
                        } else {
                            reads.append(.refused("something follows the event on its line; send one event a line."))
                        }
                    } catch {
                        reads.append(.refused("the line is no JSON at byte \(error.at - start): \(error.reason)."))
                    }
                }
                start = end + 1
            }
        }
        guard reads.count <= EventBatch.limit else { throw .tooMany }
        self.reads = reads
    }
}
