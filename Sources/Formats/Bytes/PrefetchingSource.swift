import Foundation

/// Reads ahead on a thread of its own, so that unpacking and parsing happen at the same time.
///
/// At most ``depth`` blocks wait; a reader that stops early ends the thread when it goes away.
final class PrefetchingSource: ByteSource {
    private static let depth = 4
    private static let blockSize = 1 << 18

    /// Shared by both threads; everything in it is touched under the lock, but for the source, which only the thread that
    /// reads ahead uses.
    private final class Shared: @unchecked Sendable {
        let condition = NSCondition()
        let source: ByteSource
        var waiting: [Block] = []
        var spare: [Block] = []
        var fault: FormatError?
        var isAtEnd = false
        var isCancelled = false
        var isOver = false
        var consumed: Int64 = 0

        init(_ source: ByteSource) { self.source = source }

        func readAhead() {
            while let block = takeSpare() {
                do {
                    block.count = try source.read(into: block.memory)
                    give(block, nil)
                    if block.count == 0 { break }
                } catch {
                    give(nil, error)
                    break
                }
            }
            condition.lock()
            isOver = true
            condition.broadcast()
            condition.unlock()
        }

        private func takeSpare() -> Block? {
            condition.lock()
            defer { condition.unlock() }
            while spare.isEmpty, !isCancelled { condition.wait() }
            return isCancelled ? nil : spare.removeLast()
        }

        private func give(_ block: Block?, _ error: FormatError?) {
            condition.lock()
            consumed = source.consumed
            if let block, block.count > 0 { waiting.append(block) } else { isAtEnd = true }
            fault = error
            condition.broadcast()
            condition.unlock()
        }

        /// The next full block, nil at the end; gives `used` back to be filled again.
        func next(returning used: Block?) throws(FormatError) -> Block? {
            condition.lock()
            defer { condition.unlock() }
            if let used {
                spare.append(used)
                condition.broadcast()
            }
            while waiting.isEmpty, !isAtEnd { condition.wait() }
            if !waiting.isEmpty { return waiting.removeFirst() }
            if let fault { throw fault }
            return nil
        }

        func stop() {
            condition.lock()
            isCancelled = true
            condition.broadcast()
            while !isOver { condition.wait() }
            condition.unlock()
        }

        var consumedSoFar: Int64 {
            condition.lock()
            defer { condition.unlock() }
            return consumed
        }
    }

    private final class Block {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: PrefetchingSource.blockSize, alignment: 64)
        var count = 0
        deinit { memory.deallocate() }
    }

    private let shared: Shared
    private var current: Block?
    private var offset = 0

    init(_ source: ByteSource) {
        shared = Shared(source)
        for _ in 0..<Self.depth { shared.spare.append(Block()) }
        super.init(total: source.total)
        let shared = shared
        let thread = Thread { shared.readAhead() }
        thread.name = "unpacking"
        thread.start()
    }

    deinit { shared.stop() }

    override var consumed: Int64 { shared.consumedSoFar }

    override func read(into buffer: UnsafeMutableRawBufferPointer) throws(FormatError) -> Int {
        guard buffer.count > 0 else { return 0 }
        if current.map({ offset >= $0.count }) ?? true {
            let used = current
            current = nil
            current = try shared.next(returning: used)
            offset = 0
        }
        guard let block = current else { return 0 }
        let count = min(buffer.count, block.count - offset)
        buffer.copyMemory(from: UnsafeRawBufferPointer(rebasing: block.memory[offset..<(offset + count)]))
        offset += count
        return count
    }
}
