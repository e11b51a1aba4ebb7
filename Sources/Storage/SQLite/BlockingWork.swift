import Dispatch
import Experience

/// Threads for work that blocks or burns: never those of the cooperative pool.
final class BlockingWork: Sendable {
    private let queues: [DispatchQueue]

    /// - Parameter width: how many pieces of work run at a time.
    init(label: String, width: Int) {
        queues = (0..<max(1, width)).map { DispatchQueue(label: "\(label).\($0)") }
    }

    func run<T: Sendable>(
        _ body: @escaping @Sendable () throws(StorageError) -> T
    ) async throws(StorageError) -> T {
        // A queue each, chosen at random: fair enough for work that takes as long every time.
        let queue = queues[Int.random(in: 0..<queues.count)]
        let result: Result<T, StorageError> = await withCheckedContinuation { waiting in
            queue.async {
                do throws(StorageError) {
                    waiting.resume(returning: .success(try body()))
                } catch {
                    waiting.resume(returning: .failure(error))
                }
            }
        }
        return try result.get()
    }
}
