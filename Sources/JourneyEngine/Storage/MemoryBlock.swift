#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Bytes that outlive the pointers into them: from the heap, or part of a mapped file.
///
/// Every block has at least ``padding`` readable bytes after its last one, so a kernel may load whole words at its end.
final class MemoryBlock: @unchecked Sendable {
    static let padding = 16

    let start: UnsafeMutableRawPointer
    let count: Int
    /// Keeps the mapping alive; nil for memory from the heap.
    private let mapping: AnyObject?

    /// Takes over memory from `malloc`.
    init(adopting start: UnsafeMutableRawPointer, count: Int) {
        self.start = start
        self.count = count
        mapping = nil
    }

    /// A part of a mapping that lives as long as `mapping` does.
    init(part start: UnsafeMutableRawPointer, count: Int, of mapping: AnyObject) {
        self.start = start
        self.count = count
        self.mapping = mapping
    }

    deinit {
        if mapping == nil { free(start) }
    }
}

/// An immutable run of plain values in a block.
struct Column<Element: BitwiseCopyable>: @unchecked Sendable {
    let block: MemoryBlock
    let start: UnsafePointer<Element>
    let count: Int

    init(block: MemoryBlock, count: Int) {
        self.block = block
        self.count = count
        start = UnsafePointer(block.start.assumingMemoryBound(to: Element.self))
    }

    @inline(__always)
    subscript(index: Int) -> Element { start[index] }

    var bytes: Int { count * MemoryLayout<Element>.stride }
}

/// A column being written. Grows with `realloc`, which moves large blocks by remapping pages, not by copying them.
struct GrowingColumn<Element: BitwiseCopyable>: ~Copyable {
    private(set) var start: UnsafeMutablePointer<Element>
    private(set) var count = 0
    private(set) var capacity: Int

    init(capacity: Int = 1024) {
        self.capacity = Swift.max(capacity, 16)
        start = Self.allocate(self.capacity)
    }

    deinit { free(start) }

    private static func size(_ capacity: Int) -> Int {
        capacity * MemoryLayout<Element>.stride + MemoryBlock.padding
    }

    private static func allocate(_ capacity: Int) -> UnsafeMutablePointer<Element> {
        guard let memory = malloc(size(capacity)) else { outOfMemory(size(capacity)) }
        preferLargePages(memory, size(capacity))
        return memory.bindMemory(to: Element.self, capacity: capacity)
    }

    @inline(__always)
    mutating func append(_ element: Element) {
        if count == capacity { reserve(count + 1) }
        start[count] = element
        count += 1
    }

    mutating func append(contentsOf source: UnsafePointer<Element>, count added: Int) {
        guard added > 0 else { return }
        reserve(count + added)
        memcpy(start + count, source, added * MemoryLayout<Element>.stride)
        count += added
    }

    /// Appends until `count` is `length`.
    mutating func pad(to length: Int, with element: Element) {
        guard length > count else { return }
        reserve(length)
        (start + count).update(repeating: element, count: length - count)
        count = length
    }

    mutating func removeAll() { count = 0 }

    /// Sets the length without writing: every element is about to be written through ``start``.
    mutating func setCount(_ length: Int) {
        reserve(length)
        count = length
    }

    @inline(never)
    mutating func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        let grown = Swift.max(wanted, capacity * 2)
        guard let memory = realloc(start, Self.size(grown)) else { outOfMemory(Self.size(grown)) }
        preferLargePages(memory, Self.size(grown))
        start = memory.bindMemory(to: Element.self, capacity: grown)
        capacity = grown
    }

    @inline(__always)
    subscript(index: Int) -> Element {
        get { start[index] }
        nonmutating set { start[index] = newValue }
    }

    /// Hands the memory over, cut to size.
    consuming func freeze() -> Column<Element> {
        let count = count
        let size = Self.size(count)
        let memory = realloc(start, size) ?? UnsafeMutableRawPointer(start)
        memset(memory + count * MemoryLayout<Element>.stride, 0, MemoryBlock.padding)
        discard self
        return Column(block: MemoryBlock(adopting: memory, count: size), count: count)
    }
}

extension GrowingColumn where Element == UInt64 {
    /// Keeps the low half of every element, in half the memory.
    consuming func freezeLowHalves() -> Column<UInt32> {
        let count = count
        let raw = UnsafeMutableRawPointer(start)
        // Forward, each target is at or before its source.
        for index in 0..<count {
            let half = UInt32(truncatingIfNeeded: raw.load(fromByteOffset: index * 8, as: UInt64.self))
            raw.storeBytes(of: half, toByteOffset: index * 4, as: UInt32.self)
        }
        let size = count * 4 + MemoryBlock.padding
        let memory = realloc(raw, size) ?? raw
        memset(memory + count * 4, 0, MemoryBlock.padding)
        discard self
        return Column(block: MemoryBlock(adopting: memory, count: size), count: count)
    }
}

/// Asks for pages of 2 MiB for large blocks: a column of 50 MB then costs 25 page faults instead of 12,000.
func preferLargePages(_ start: UnsafeMutableRawPointer, _ count: Int) {
    #if os(Linux)
        guard count >= 4 << 20 else { return }
        let page = 4096
        let first = (Int(bitPattern: start) + page - 1) & ~(page - 1)
        let last = (Int(bitPattern: start) + count) & ~(page - 1)
        // Advice only: where it is refused, small pages do.
        _ = madvise(UnsafeMutableRawPointer(bitPattern: first), last - first, MADV_HUGEPAGE)
    #endif
}

/// Memory is the one resource the engine cannot do without: there is no result to give when it is refused.
func outOfMemory(_ bytes: Int) -> Never {
    fatalError("The journey engine could not get \(bytes) bytes of memory. Load a smaller log or add memory.")
}
