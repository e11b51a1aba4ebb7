/// The keys of one level (journey or event) met so far, with what each is for.
///
/// Files repeat the same keys in the same order, so the key after the last one is tried first: one comparison instead of a
/// hash for nearly every attribute.
struct KeyTable: ~Copyable {
    private var keys = ByteInterner()
    /// For each key the number its values are given to the sink under; negative: not wanted.
    private var attributes = GrowableColumn<Int32>()
    private var following = GrowableColumn<Int32>()
    /// For each key the item (event or journey) it was set in last.
    private var seen = GrowableColumn<Int64>()
    private var last = -1

    static let limit = 1 << 16
    static let longest = 1 << 12

    var count: Int { keys.count }

    func name(_ key: Int) -> UnsafeBufferPointer<UInt8> { keys.bytes(key) }
    func attribute(_ key: Int) -> Int { Int(attributes[key]) }

    /// The key's number and whether it is new, in which case ``resolve(_:_:)`` must follow.
    @inline(__always)
    mutating func key(_ name: UnsafeBufferPointer<UInt8>) -> (key: Int, isNew: Bool) {
        if last >= 0 {
            let guess = Int(following[last])
            if guess >= 0, keys.same(guess, name) {
                last = guess
                return (guess, false)
            }
        }
        let before = keys.count
        // A file with more keys than this, or longer ones, has data for keys: what is over counts as one key nobody wants.
        if before >= Self.limit || name.count > Self.longest { return (overflow(name), false) }
        let key = Int(keys.code(name))
        if key == before {
            attributes.append(-1)
            following.append(-1)
            seen.append(-1)
        }
        if last >= 0 { following[last] = Int32(truncatingIfNeeded: key) }
        last = key
        return (key, key == before)
    }

    @inline(never)
    private mutating func overflow(_ name: UnsafeBufferPointer<UInt8>) -> Int {
        last = -1
        if let known = keys.lookup(name) { return Int(known) }
        let key = withBytes(of: Self.overflowName) { Int(keys.code($0)) }
        while attributes.count <= key {
            attributes.append(-1)
            following.append(-1)
            seen.append(-1)
        }
        return key
    }

    /// No key of a file: it has a NUL in it.
    private static let overflowName = "\0overflow"

    mutating func resolve(_ key: Int, _ attribute: Int) { attributes[key] = Int32(truncatingIfNeeded: attribute) }

    /// Marks the key as set in `item`; whether it already was.
    @inline(__always)
    mutating func mark(_ key: Int, _ item: Int64) -> Bool {
        if seen[key] == item { return true }
        seen[key] = item
        return false
    }

    func isMarked(_ key: Int, _ item: Int64) -> Bool { seen[key] == item }

    /// Where the next item starts: its first key is guessed to be the one the last item started with.
    mutating func restart() { last = -1 }
}

extension LogReadingOptions.AttributeChoice {
    func keeps(_ name: String) -> Bool {
        switch self {
        case .all: true
        case .none: false
        case .only(let names): names.contains(name)
        }
    }
}
