import Dispatch

/// Runs `body` for each lane, at the same time where cores allow, and returns the answers in lane order.
func inLanes<Value: Sendable>(_ lanes: Int, _ body: @Sendable (Int) -> Value) -> [Value] {
    guard lanes > 1 else { return [body(0)] }
    let slots = UnsafeMutablePointer<Value?>.allocate(capacity: lanes)
    slots.initialize(repeating: nil, count: lanes)
    defer {
        slots.deinitialize(count: lanes)
        slots.deallocate()
    }
    nonisolated(unsafe) let shared = slots
    DispatchQueue.concurrentPerform(iterations: lanes) { shared[$0] = body($0) }
    return (0..<lanes).compactMap { slots[$0] }
}
