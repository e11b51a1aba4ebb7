#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// A growing column of plain values. Unlike an array it grows in place where the system can move pages
/// (`realloc` of a large block copies nothing on Linux), so growing never holds the column twice.
struct GrowableColumn<Element: BitwiseCopyable>: ~Copyable {
    private(set) var base: UnsafeMutablePointer<Element>?
    private(set) var count = 0
    private var capacity = 0

    init() {}

    deinit { free(base) }

    var buffer: UnsafeMutableBufferPointer<Element> { UnsafeMutableBufferPointer(start: base, count: count) }

    @inline(__always)
    mutating func append(_ value: Element) {
        if count == capacity { grow(to: count + 1) }
        base.unsafelyUnwrapped[count] = value
        count += 1
    }

    @inline(__always)
    subscript(_ index: Int) -> Element {
        get { base.unsafelyUnwrapped[index] }
        set { base.unsafelyUnwrapped[index] = newValue }
    }

    /// Extends with `value` until there are `target` elements.
    @inline(__always)
    mutating func pad(to target: Int, with value: Element) {
        while count < target { append(value) }
    }

    mutating func truncate(to target: Int) { count = min(count, target) }

    mutating func append(contentsOf source: UnsafeBufferPointer<Element>) {
        guard let start = source.baseAddress, source.count > 0 else { return }
        if count + source.count > capacity { grow(to: count + source.count) }
        base.unsafelyUnwrapped.advanced(by: count).update(from: start, count: source.count)
        count += source.count
    }

    @inline(never)
    private mutating func grow(to needed: Int) {
        let wanted = max(needed, capacity + capacity / 2, 1024)
        guard let moved = realloc(base, wanted * MemoryLayout<Element>.stride) else {
            fatalError("out of memory: \(wanted) values of \(Element.self)")
        }
        base = moved.assumingMemoryBound(to: Element.self)
        capacity = wanted
    }

    /// Gives the memory over to the caller, who must `free` it; the column is then empty.
    mutating func release() -> UnsafeMutableBufferPointer<Element> {
        let given = buffer
        base = nil
        count = 0
        capacity = 0
        return given
    }
}
