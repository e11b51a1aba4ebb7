internal import Analyses
internal import Foundation
internal import JourneyEngine

/// The journey map laid out by Graphviz, as a picture for a file or a report.
enum MapDrawing {
    static func svg(_ log: EventLog, _ settings: JourneyOptions) throws -> String {
        let graph = JourneyGraph(
            log.directlyFollows(threads: settings.threads),
            waits: log.directlyFollowsWaits(calendar: settings.calendar, threads: settings.threads),
            activityShare: settings.activityDetail, pathShare: settings.pathDetail)
        return try run(["-Tsvg"], input: graph.dot())
    }

    /// Runs `dot` with a text on its input; bounded, so that a map too dense to lay out ends in a sentence.
    private static func run(_ arguments: [String], input: String) throws -> String {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
        process.arguments = ["timeout", "30", "dot"] + arguments
        let (toProcess, fromProcess) = (Pipe(), Pipe())
        process.standardInput = toProcess
        process.standardOutput = fromProcess
        do {
            try process.run()
        } catch {
            throw CommandFailure.unavailable("Graphviz is not installed; install the package graphviz.")
        }
        let writer = Thread { [handle = toProcess.fileHandleForWriting] in
            try? handle.write(contentsOf: Data(input.utf8))
            try? handle.close()
        }
        writer.start()
        let drawn = fromProcess.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        guard process.terminationStatus == 0, !drawn.isEmpty else {
            throw CommandFailure.unavailable(
                "Graphviz could not draw this map; install the package graphviz, or show less with --paths 0.5.")
        }
        return String(decoding: drawn, as: UTF8.self)
    }
}
