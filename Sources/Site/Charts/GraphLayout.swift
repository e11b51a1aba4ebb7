import Foundation
import Synchronization

/// Where Graphviz puts the nodes and edges of a graph; in points, the origin at the top left.
package struct GraphLayout: Sendable, Hashable {
    package var width: Double
    package var height: Double
    package var nodes: [Place]
    package var edges: [Curve]

    package struct Place: Sendable, Hashable {
        package var x: Double
        package var y: Double
        package var width: Double
        package var height: Double
    }

    package struct Point: Sendable, Hashable {
        package var x: Double
        package var y: Double
    }

    /// A chain of cubic Bézier pieces: 3k + 1 points.
    package struct Curve: Sendable, Hashable {
        package var points: [Point]
        package var label: Point?
    }
}

package enum LayoutProblem: Error, Hashable, Sendable {
    /// Graphviz is not installed; the page then shows the table alone.
    case noGraphviz
    case tookTooLong
    case failed
}

/// Lays graphs out with Graphviz's `dot`, one at a time, with a time limit, and remembers the last 256.
///
/// A graph is remembered by its boxes, its edges and the room of their labels, not by how much each edge carries: the
/// map of another month keeps its places, so that a reader finds them again, and costs nothing.
package actor GraphLayouter {
    private var known: [String: GraphLayout] = [:]
    private var order: [String] = []
    private let program: String?
    private let limit: Duration

    package init(program: String? = GraphLayouter.find(), limit: Duration = .seconds(4)) {
        self.program = program
        self.limit = limit
    }

    package static func find() -> String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/usr/local/bin"
        return path.split(separator: ":").map { "\($0)/dot" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// `sizes` are the nodes' widths and heights, `labels` the edges' label sizes, all in points.
    package func layout(
        sizes: [(Double, Double)], edges: [(from: Int, to: Int, weight: Int, label: (Double, Double))], first: Int?,
        last: Int?
    ) async throws(LayoutProblem) -> GraphLayout {
        let shape = GraphLayouter.source(sizes, edges, weights: edges.map { _ in 1 }, first: first, last: last)
        if let layout = known[shape] { return layout }
        guard let program else { throw .noGraphviz }
        // One to ten: enough to keep the main path straight, and small numbers are laid out sooner.
        let most = max(1, edges.map(\.weight).max() ?? 1)
        let weights = edges.map { 1 + max(0, $0.weight) * 9 / most }
        let source = GraphLayouter.source(sizes, edges, weights: weights, first: first, last: last)
        let text = try await DotProcess.run(program, source, limit: limit)
        guard let layout = GraphLayouter.read(text, nodes: sizes.count, edges: edges.map { ($0.from, $0.to) }) else {
            throw .failed
        }
        if known[shape] == nil { order.append(shape) }
        known[shape] = layout
        if order.count > 256 { known[order.removeFirst()] = nil }
        return layout
    }

    /// Nodes and edges are named by number, so that no activity's name reaches Graphviz's language.
    private static func source(
        _ sizes: [(Double, Double)], _ edges: [(from: Int, to: Int, weight: Int, label: (Double, Double))],
        weights: [Int], first: Int?, last: Int?
    ) -> String {
        func inches(_ points: Double) -> String { "\((points / 72 * 1000).rounded() / 1000)" }
        var lines = [
            "digraph g {", "graph [rankdir=TB, nodesep=0.35, ranksep=0.45];",
            "node [shape=box, fixedsize=true, label=\"\"];",
        ]
        for (at, size) in sizes.enumerated() {
            lines.append("n\(at) [width=\(inches(size.0)), height=\(inches(size.1))];")
        }
        if let first { lines.append("{ rank=source; n\(first); }") }
        if let last { lines.append("{ rank=sink; n\(last); }") }
        for (edge, weight) in zip(edges, weights) {
            let box =
                "<<table border=\"0\" cellborder=\"0\" cellspacing=\"0\" cellpadding=\"0\" fixedsize=\"true\" "
                + "width=\"\(Int(edge.label.0))\" height=\"\(Int(edge.label.1))\"><tr><td></td></tr></table>>"
            lines.append("n\(edge.from) -> n\(edge.to) [weight=\(weight), label=\(box)];")
        }
        lines.append("}")
        return lines.joined(separator: "\n")
    }

    /// Reads Graphviz's plain format: `graph`, `node` and `edge` lines, lengths in inches from the bottom left.
    static func read(_ text: String, nodes count: Int, edges wanted: [(Int, Int)]) -> GraphLayout? {
        var layout = GraphLayout(width: 0, height: 0, nodes: [], edges: [])
        var places: [Int: GraphLayout.Place] = [:]
        var curves: [[Int]: [GraphLayout.Curve]] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split(separator: " ")
            guard let kind = words.first else { continue }
            func number(_ at: Int) -> Double? { at < words.count ? Double(words[at]).map { $0 * 72 } : nil }
            func name(_ at: Int) -> Int? { at < words.count ? Int(words[at].dropFirst()) : nil }
            switch kind {
            case "graph":
                guard let width = number(2), let height = number(3) else { return nil }
                (layout.width, layout.height) = (width, height)
            case "node":
                guard let at = name(1), let x = number(2), let y = number(3), let width = number(4),
                    let height = number(5)
                else { return nil }
                places[at] = GraphLayout.Place(x: x, y: layout.height - y, width: width, height: height)
            case "edge":
                guard let from = name(1), let to = name(2), words.count > 3, let points = Int(words[3]),
                    (1...10_000).contains(points)
                else { return nil }
                var curve = GraphLayout.Curve(points: [], label: nil)
                for at in 0..<points {
                    guard let x = number(4 + 2 * at), let y = number(5 + 2 * at) else { return nil }
                    curve.points.append(GraphLayout.Point(x: x, y: layout.height - y))
                }
                // The label's own text holds no space, being a table: its place is the two numbers before style and colour.
                if words.count >= 4 + 2 * points + 4, let x = number(words.count - 4), let y = number(words.count - 3) {
                    curve.label = GraphLayout.Point(x: x, y: layout.height - y)
                }
                curves[[from, to], default: []].append(curve)
            default: continue
            }
        }
        for at in 0..<count {
            guard let place = places[at] else { return nil }
            layout.nodes.append(place)
        }
        for (from, to) in wanted {
            guard var found = curves[[from, to]], !found.isEmpty else { return nil }
            layout.edges.append(found.removeFirst())
            curves[[from, to]] = found
        }
        return layout
    }
}

/// One run of `dot` on threads of its own; never on the cooperative pool.
private enum DotProcess {
    static func run(_ program: String, _ source: String, limit: Duration) async throws(LayoutProblem) -> String {
        let result: Result<String, LayoutProblem> = await withCheckedContinuation { waiting in
            DispatchQueue.global().async { waiting.resume(returning: runBlocking(program, source, limit: limit)) }
        }
        return try result.get()
    }

    private static func runBlocking(
        _ program: String, _ source: String, limit: Duration
    ) -> Result<String, LayoutProblem> {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: program)
        process.arguments = ["-Tplain"]
        // From a file, not a pipe: writing to a program that ended early would end the server by SIGPIPE.
        let place = FileManager.default.temporaryDirectory.appendingPathComponent(
            "throughline-\(UUID().uuidString).dot")
        defer { try? FileManager.default.removeItem(at: place) }
        guard (try? Data(source.utf8).write(to: place)) != nil, let input = try? FileHandle(forReadingFrom: place)
        else {
            return .failure(.failed)
        }
        defer { try? input.close() }
        let output = Pipe()
        process.standardInput = input
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        do { try process.run() } catch { return .failure(.noGraphviz) }
        let isLate = Mutex(false)
        let identifier = process.processIdentifier
        let timer = DispatchSource.makeTimerSource()
        timer.schedule(deadline: .now() + .milliseconds(Int(limit.components.seconds) * 1000))
        timer.setEventHandler {
            isLate.withLock { $0 = true }
            kill(identifier, SIGKILL)
        }
        timer.resume()
        let data = (try? output.fileHandleForReading.readToEnd()) ?? Data()
        process.waitUntilExit()
        timer.cancel()
        if isLate.withLock({ $0 }) { return .failure(.tookTooLong) }
        guard process.terminationStatus == 0 else { return .failure(.failed) }
        return .success(String(decoding: data, as: UTF8.self))
    }
}
