#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// Dictionary codes in one, two or four bytes each, as their number needs.
struct CodeColumn: @unchecked Sendable {
    let block: MemoryBlock
    let start: UnsafeRawPointer
    let count: Int
    /// Bytes a code: 1, 2 or 4.
    let width: Int

    init(block: MemoryBlock, count: Int, width: Int) {
        self.block = block
        self.count = count
        self.width = width
        start = UnsafeRawPointer(block.start)
    }

    /// For single reads; kernels take the typed pointer.
    @inline(__always)
    subscript(index: Int) -> Int {
        switch width {
        case 1: Int(start.assumingMemoryBound(to: UInt8.self)[index])
        case 2: Int(start.assumingMemoryBound(to: UInt16.self)[index])
        default: Int(start.assumingMemoryBound(to: UInt32.self)[index])
        }
    }

    @inline(__always)
    func pointer<Code: FixedWidthInteger>(_: Code.Type) -> UnsafePointer<Code> {
        start.assumingMemoryBound(to: Code.self)
    }
}

/// Codes being written; widens itself when a code no longer fits.
struct GrowingCodes: ~Copyable {
    private(set) var start: UnsafeMutableRawPointer
    private(set) var count = 0
    private(set) var capacity: Int
    private(set) var width = 1

    init(capacity: Int = 1024) {
        self.capacity = Swift.max(capacity, 16)
        let size = self.capacity + MemoryBlock.padding
        guard let memory = malloc(size) else { outOfMemory(size) }
        start = memory
    }

    deinit { free(start) }

    @inline(__always)
    mutating func append(_ code: UInt32) {
        if count == capacity { reserve(count + 1) }
        if width == 1 && code < 256 {
            start.assumingMemoryBound(to: UInt8.self)[count] = UInt8(truncatingIfNeeded: code)
        } else {
            appendWide(code)
        }
        count += 1
    }

    @inline(never)
    private mutating func appendWide(_ code: UInt32) { write(code, at: count) }

    /// Replaces the code at `index`, below `capacity`.
    mutating func write(_ code: UInt32, at index: Int) {
        if code > 0xFFFF, width < 4 { widen(to: 4) } else if code > 0xFF, width < 2 { widen(to: 2) }
        switch width {
        case 1: start.assumingMemoryBound(to: UInt8.self)[index] = UInt8(truncatingIfNeeded: code)
        case 2: start.assumingMemoryBound(to: UInt16.self)[index] = UInt16(truncatingIfNeeded: code)
        default: start.assumingMemoryBound(to: UInt32.self)[index] = code
        }
    }

    subscript(index: Int) -> UInt32 {
        switch width {
        case 1: UInt32(start.assumingMemoryBound(to: UInt8.self)[index])
        case 2: UInt32(start.assumingMemoryBound(to: UInt16.self)[index])
        default: start.assumingMemoryBound(to: UInt32.self)[index]
        }
    }

    /// Appends zeros until `count` is `length`.
    mutating func pad(to length: Int) {
        guard length > count else { return }
        reserve(length)
        memset(start + count * width, 0, (length - count) * width)
        count = length
    }

    /// Sets the length without writing: every code is about to be written through ``start``.
    mutating func setCount(_ length: Int) {
        reserve(length)
        count = length
    }

    @inline(never)
    mutating func reserve(_ wanted: Int) {
        guard wanted > capacity else { return }
        let grown = Swift.max(wanted, capacity * 2)
        let size = grown * width + MemoryBlock.padding
        guard let memory = realloc(start, size) else { outOfMemory(size) }
        preferLargePages(memory, size)
        start = memory
        capacity = grown
    }

    @inline(never)
    private mutating func widen(to wider: Int) {
        let size = capacity * wider + MemoryBlock.padding
        guard let memory = malloc(size) else { outOfMemory(size) }
        for index in 0..<count {
            let code = self[index]
            if wider == 2 {
                memory.assumingMemoryBound(to: UInt16.self)[index] = UInt16(truncatingIfNeeded: code)
            } else {
                memory.assumingMemoryBound(to: UInt32.self)[index] = code
            }
        }
        free(start)
        start = memory
        width = wider
    }

    mutating func widenIfNeeded(to wider: Int) {
        if wider > width { widen(to: wider) }
    }

    /// Appends `added` codes of this column's width as they lie in memory.
    mutating func appendBytes(_ source: UnsafeRawPointer, count added: Int) {
        guard added > 0 else { return }
        reserve(count + added)
        memcpy(start + count * width, source, added * width)
        count += added
    }

    consuming func freeze() -> CodeColumn {
        let count = count
        let width = width
        let size = count * width + MemoryBlock.padding
        let memory = realloc(start, size) ?? start
        memset(memory + count * width, 0, MemoryBlock.padding)
        discard self
        return CodeColumn(block: MemoryBlock(adopting: memory, count: size), count: count, width: width)
    }
}

extension GrowingCodes {
    /// An empty column of the given width.
    init(like width: Int, capacity: Int) {
        self.init(capacity: capacity)
        widenIfNeeded(to: width)
    }

    func typed<Code: FixedWidthInteger>(_: Code.Type) -> UnsafeMutablePointer<Code> {
        start.assumingMemoryBound(to: Code.self)
    }
}

extension CodeColumn {
    /// Only while a log is being made: columns of a log never change.
    func overwrite(_ index: Int, _ code: UInt32) {
        let raw = UnsafeMutableRawPointer(mutating: start)
        switch width {
        case 1: raw.assumingMemoryBound(to: UInt8.self)[index] = UInt8(truncatingIfNeeded: code)
        case 2: raw.assumingMemoryBound(to: UInt16.self)[index] = UInt16(truncatingIfNeeded: code)
        default: raw.assumingMemoryBound(to: UInt32.self)[index] = code
        }
    }
}

extension GrowingCodes {
    /// Appends a range of a column, byte for byte where the widths agree.
    mutating func append(contentsOf column: CodeColumn, _ range: Range<Int>) {
        widenIfNeeded(to: column.width)
        if column.width == width {
            appendBytes(column.start + range.lowerBound * width, count: range.count)
        } else {
            for index in range { append(UInt32(truncatingIfNeeded: column[index])) }
        }
    }
}
