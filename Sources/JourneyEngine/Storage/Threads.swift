#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#else
    import Darwin
#endif

/// The machine's cores, at least 1.
let coreCount: Int = max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))))

/// Runs `body(0) … body(count - 1)`, each on a thread of its own (the first on the caller's), and gives the results in
/// that order. Plain threads rather than tasks: a kernel is bound to the processor and must not hold the cooperative
/// pool.
func concurrently<Result>(_ count: Int, _ body: (Int) -> Result) -> [Result] {
    guard count > 1 else { return count == 1 ? [body(0)] : [] }
    return withoutActuallyEscaping(body) { body in
        let work = ThreadWork(count, body)
        var threads: [(pthread_t, Unmanaged<ThreadShare<Result>>)] = []
        for index in 1..<count {
            let share = Unmanaged.passRetained(ThreadShare(work, index))
            if let thread = startThread(
                share.toOpaque(),
                { raw in
                    Unmanaged<AnyThreadShare>.fromOpaque(raw).takeUnretainedValue().run()
                })
            {
                threads.append((thread, share))
            } else {
                share.takeRetainedValue().run()
            }
        }
        work.run(0)
        for (thread, share) in threads {
            pthread_join(thread, nil)
            share.release()
        }
        return work.take()
    }
}

private final class ThreadWork<Result>: @unchecked Sendable {
    private let body: (Int) -> Result
    private let results: UnsafeMutablePointer<Result?>
    private let count: Int

    init(_ count: Int, _ body: @escaping (Int) -> Result) {
        self.body = body
        self.count = count
        results = .allocate(capacity: count)
        results.initialize(repeating: nil, count: count)
    }

    deinit {
        results.deinitialize(count: count)
        results.deallocate()
    }

    func run(_ index: Int) { results[index] = body(index) }

    func take() -> [Result] { (0..<count).compactMap { results[$0] } }
}

private class AnyThreadShare {
    func run() {}
}

private final class ThreadShare<Result>: AnyThreadShare {
    private let work: ThreadWork<Result>
    private let index: Int

    init(_ work: ThreadWork<Result>, _ index: Int) {
        self.work = work
        self.index = index
    }

    override func run() { work.run(index) }
}

private final class ThreadEntry {
    let argument: UnsafeMutableRawPointer
    let entry: (UnsafeMutableRawPointer) -> Void

    init(_ argument: UnsafeMutableRawPointer, _ entry: @escaping (UnsafeMutableRawPointer) -> Void) {
        self.argument = argument
        self.entry = entry
    }
}

/// A joinable thread, or nil when the system has none to give.
private func startThread(
    _ argument: UnsafeMutableRawPointer, _ entry: @escaping (UnsafeMutableRawPointer) -> Void
) -> pthread_t? {
    let box = Unmanaged.passRetained(ThreadEntry(argument, entry))
    #if canImport(Darwin)
        var thread: pthread_t?
        let code = pthread_create(
            &thread, nil,
            { raw in
                let start = Unmanaged<ThreadEntry>.fromOpaque(raw).takeRetainedValue()
                start.entry(start.argument)
                return nil
            }, box.toOpaque())
        let started = thread
    #else
        var thread = pthread_t()
        let code = pthread_create(
            &thread, nil,
            { raw in
                guard let raw else { return nil }
                let start = Unmanaged<ThreadEntry>.fromOpaque(raw).takeRetainedValue()
                start.entry(start.argument)
                return nil
            }, box.toOpaque())
        let started: pthread_t? = thread
    #endif
    guard code == 0 else {
        box.release()
        return nil
    }
    return started
}
