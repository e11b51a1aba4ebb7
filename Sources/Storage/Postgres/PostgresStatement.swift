import CPostgres
import Experience

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A prepared statement of one connection, with the values bound to it and the rows it gave. As in SQLite, values
/// stay bound until they are bound anew, and a statement is run by its first step.
final class PostgresStatement {
    private struct Slot {
        var memory: UnsafeMutablePointer<CChar>?
        var capacity = 0
        var count = 0
        var isNull = true
        /// The type the value is sent as; nil lets the server take the one the place asks for.
        var type: PostgresType?
        /// A number that is not spelled in `memory` yet, as arrays of numbers are not made of digits.
        var integer: Int64?
        var real: Double?
        /// A NUL character, which PostgreSQL does not keep in text and which would cut it short.
        var isBroken = false
    }

    private unowned let connection: PostgresConnection
    private let sql: String
    private var name: String?
    private var preparedTypes: [PostgresType?] = []
    private var slots: [Slot] = []
    private var values: [UnsafePointer<CChar>?] = []
    private var lengths: [Int32] = []
    private var formats: [Int32] = []
    private var result: OpaquePointer?
    private var row: Int32 = -1
    /// On its way, and nobody has read it.
    private var isAsked = false
    /// Takes the rows where the same is done for many at once.
    var rows: PostgresRows?

    init(_ connection: PostgresConnection, sql: PostgresSQL.Statement) {
        self.connection = connection
        self.sql = sql.text
        slots = Array(repeating: Slot(), count: sql.parameters)
        values = Array(repeating: nil, count: sql.parameters)
        lengths = Array(repeating: 0, count: sql.parameters)
        formats = Array(repeating: 0, count: sql.parameters)
    }

    deinit {
        if let result { PQclear(result) }
        for slot in slots { slot.memory?.deallocate() }
    }

    // MARK: Binding

    func bindNull(_ index: Int32) {
        guard let at = place(index) else { return }
        slots[at].isNull = true
        slots[at].isBroken = false
    }

    func bind(_ index: Int32, _ value: Int64) {
        guard let at = place(index) else { return }
        set(at, count: 0, type: .integer)
        slots[at].integer = value
    }

    func bind(_ index: Int32, _ value: Double) {
        guard let at = place(index) else { return }
        set(at, count: 0, type: .real)
        slots[at].real = value
    }

    /// Puts a number that was bound into digits.
    private func spell(_ at: Int) {
        if let value = slots[at].integer {
            spell(value, at)
        } else if let value = slots[at].real {
            var text = "\(value)"
            text.withUTF8 { fill(at, $0) }
        }
    }

    private func spell(_ value: Int64, _ at: Int) {
        // "-9223372036854775808" and its end.
        guard place(Int32(at + 1), room: 21) != nil, let memory = slots[at].memory else { return }
        var digits: (count: Int, rest: UInt64) = (0, value.magnitude)
        repeat {
            memory[20 - digits.count - 1] = CChar(48 + digits.rest % 10)
            digits.rest /= 10
            digits.count += 1
        } while digits.rest > 0
        if value < 0 {
            memory[20 - digits.count - 1] = 45
            digits.count += 1
        }
        memmove(memory, memory + (20 - digits.count), digits.count)
        memory[digits.count] = 0
        slots[at].count = digits.count
    }

    func bind(_ index: Int32, utf8: UnsafeBufferPointer<UInt8>) {
        write(utf8, to: index, type: nil)
        guard let at = place(index), let base = utf8.baseAddress else { return }
        slots[at].isBroken = memchr(base, 0, utf8.count) != nil
    }

    func bind(_ index: Int32, bytes: UnsafeBufferPointer<UInt8>) { write(bytes, to: index, type: .bytes) }

    /// - Parameters:
    ///   - head: what stands before the elements.
    ///   - elements: each with its length before it.
    func bind(_ index: Int32, arrayOf type: PostgresType, _ head: [UInt32], _ elements: [UInt8]) {
        let count = head.count * 4 + elements.count
        guard let at = place(index, room: count), let memory = slots[at].memory else { return }
        let raw = UnsafeMutableRawPointer(memory)
        for (place, number) in head.enumerated() {
            raw.storeBytes(of: number.bigEndian, toByteOffset: place * 4, as: UInt32.self)
        }
        elements.withUnsafeBytes { given in
            guard let base = given.baseAddress else { return }
            memcpy(raw + head.count * 4, base, given.count)
        }
        set(at, count: count, type: type.array)
    }

    private func write(_ bytes: UnsafeBufferPointer<UInt8>, to index: Int32, type: PostgresType?) {
        guard let at = place(index) else { return }
        fill(at, bytes)
        set(at, count: bytes.count, type: type)
    }

    private func fill(_ at: Int, _ bytes: UnsafeBufferPointer<UInt8>) {
        guard place(Int32(at + 1), room: bytes.count + 1) != nil, let memory = slots[at].memory else { return }
        if let base = bytes.baseAddress { memcpy(memory, base, bytes.count) }
        memory[bytes.count] = 0
        slots[at].count = bytes.count
    }

    private func set(_ at: Int, count: Int, type: PostgresType?) {
        slots[at].count = count
        slots[at].isNull = false
        slots[at].isBroken = false
        slots[at].type = type
        slots[at].integer = nil
        slots[at].real = nil
    }

    private func place(_ index: Int32, room: Int = 0) -> Int? {
        let at = Int(index) - 1
        guard slots.indices.contains(at) else { return nil }
        if slots[at].capacity < room {
            slots[at].memory?.deallocate()
            let capacity = max(32, room + room / 2)
            slots[at].memory = .allocate(capacity: capacity)
            slots[at].capacity = capacity
        }
        return at
    }

    // MARK: Running

    /// Sends the statement without waiting for what becomes of it; ``PostgresConnection/drain()`` tells. A careful
    /// connection waits.
    func send(changesOneRow: Bool) throws(StorageError) {
        if connection.isCareful {
            let changed = try run()
            if changesOneRow, changed != 1 { throw .contended }
            return
        }
        if let rows {
            try refuseBroken()
            gather(rows)
            try connection.gather(rows)
            return
        }
        try sendNow(expecting: changesOneRow ? .rows(1) : nil)
    }

    private func gather(_ rows: PostgresRows) {
        for (at, slot) in slots.enumerated() {
            if slot.isNull {
                rows.addNull(column: at)
            } else if let number = slot.integer {
                rows.add(column: at, number)
            } else if let number = slot.real {
                rows.add(column: at, number)
            } else if let memory = slot.memory {
                memory.withMemoryRebound(to: UInt8.self, capacity: slot.count) {
                    rows.add(column: at, UnsafeBufferPointer(start: $0, count: slot.count))
                }
            }
        }
        rows.endRow()
    }

    private func refuseBroken() throws(StorageError) {
        for slot in slots where slot.isBroken && !slot.isNull {
            throw .refused("the database refuses text with a NUL character; leave it out.")
        }
    }

    /// Sends the question; its answer is read by the next ``step()``. A careful connection is asked then.
    func ask() throws(StorageError) {
        guard !connection.isCareful else { return }
        try sendNow(expecting: nil, asker: self)
        isAsked = true
    }

    /// The answer to ``ask()``.
    func take(_ answer: OpaquePointer) {
        if isAsked, result == nil { result = answer } else { PQclear(answer) }
    }

    /// Sends the statement without waiting, or gathering rows.
    ///
    /// - Parameter expected: what must become of it.
    func sendNow(
        expecting expected: PostgresConnection.Expected? = nil, asker: PostgresStatement? = nil
    ) throws(StorageError) {
        reset()
        let name = try prepared()
        try connection.beginSending()
        let sent = PQsendQueryPrepared(
            connection.pointer, name, Int32(slots.count), values, lengths, formats, 0)
        guard sent == 1 else { throw connection.lost() }
        connection.sent(expecting: expected, for: asker)
    }

    /// Runs the statement and gives the number of rows it changed.
    @discardableResult
    func run() throws(StorageError) -> Int {
        try execute()
        defer { reset() }
        return result.map { PostgresStatement.changes($0) } ?? 0
    }

    func step() throws(StorageError) -> Bool {
        if isAsked {
            try connection.drain()
            isAsked = false
        }
        if result == nil { try execute() }
        row += 1
        guard let result, row < PQntuples(result) else { return false }
        return true
    }

    func reset() {
        if let result { PQclear(result) }
        result = nil
        row = -1
        isAsked = false
    }

    static func changes(_ result: OpaquePointer) -> Int {
        guard let text = PQcmdTuples(result) else { return 0 }
        return atol(text)
    }

    private func execute() throws(StorageError) {
        reset()
        try connection.drain()
        let name = try prepared()
        guard
            let answer = PQexecPrepared(
                connection.pointer, name, Int32(slots.count), values, lengths, formats, 0)
        else { throw StorageError(connection: connection.pointer, result: nil) }
        switch PQresultStatus(answer) {
        case PGRES_COMMAND_OK, PGRES_TUPLES_OK: result = answer
        default:
            defer { PQclear(answer) }
            throw StorageError(connection: connection.pointer, result: answer)
        }
    }

    /// Lays out the values; prepares the statement when it is new, or when a value has another type than before.
    private func prepared() throws(StorageError) -> String {
        try refuseBroken()
        for at in slots.indices {
            if slots[at].isNull {
                values[at] = nil
                continue
            }
            spell(at)
            values[at] = UnsafePointer(slots[at].memory)
            lengths[at] = Int32(clamping: slots[at].count)
            formats[at] = slots[at].type?.isSentInBinary == true ? 1 : 0
        }
        if let name, slots.indices.allSatisfy({ slots[$0].isNull || slots[$0].type == preparedTypes[$0] }) {
            return name
        }
        try connection.drain()
        preparedTypes = slots.map { $0.isNull ? nil : $0.type }
        let fresh = connection.nextName()
        let types = preparedTypes.map { $0?.rawValue ?? 0 }
        guard let answer = PQprepare(connection.pointer, fresh, sql, Int32(slots.count), types) else {
            throw StorageError(connection: connection.pointer, result: nil)
        }
        defer { PQclear(answer) }
        guard PQresultStatus(answer) == PGRES_COMMAND_OK else {
            throw StorageError(connection: connection.pointer, result: answer)
        }
        name = fresh
        return fresh
    }

    // MARK: Reading

    func isNull(_ column: Int32) -> Bool { result.map { PQgetisnull($0, row, column) == 1 } ?? true }

    func withText<T>(_ column: Int32, _ body: (UnsafeBufferPointer<UInt8>) -> T) -> T {
        guard let result, let text = PQgetvalue(result, row, column) else {
            return body(UnsafeBufferPointer(start: nil, count: 0))
        }
        let count = Int(PQgetlength(result, row, column))
        return text.withMemoryRebound(to: UInt8.self, capacity: count) {
            body(UnsafeBufferPointer(start: $0, count: count))
        }
    }

    /// Whole numbers, the whole part of others, and truth as 1 and 0.
    func integer(_ column: Int32) -> Int64 {
        withText(column) { text in
            switch text.first {
            case UInt8(ascii: "t"): 1
            case UInt8(ascii: "f"), nil: 0
            default: PostgresStatement.whole(text)
            }
        }
    }

    private static func whole(_ text: UnsafeBufferPointer<UInt8>) -> Int64 {
        var (value, isNegative) = (Int64(0), false)
        for byte in text {
            if byte == UInt8(ascii: "-") {
                isNegative = true
            } else if byte >= 48, byte <= 57 {
                // Down, since the least number has no positive of its own.
                value = value &* 10 &- Int64(byte - 48)
            } else {
                break
            }
        }
        return isNegative ? value : 0 &- value
    }

    func real(_ column: Int32) -> Double {
        withText(column) { Double(String(decoding: $0, as: UTF8.self)) ?? 0 }
    }

    /// A column of bytes, which come as `\x` and hexadecimal digits.
    func bytes(_ column: Int32) -> [UInt8] {
        withText(column) { text in
            guard text.count >= 2, text[0] == UInt8(ascii: "\\"), text[1] == UInt8(ascii: "x") else {
                return Array(text)
            }
            return stride(from: 2, to: text.count - 1, by: 2).map { at in
                PostgresStatement.digit(text[at]) << 4 | PostgresStatement.digit(text[at + 1])
            }
        }
    }

    private static func digit(_ byte: UInt8) -> UInt8 { byte < 58 ? byte &- 48 : byte &- 87 }
}
