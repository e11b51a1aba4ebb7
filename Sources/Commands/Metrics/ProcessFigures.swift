internal import Foundation

/// What the operating system says of this process and of the disk its data are on. Nil where it can't be said.
struct ProcessFigures {
    var residentBytes: Double?
    var processorSeconds: Double?
    var openFiles: Double?
    /// Seconds since 1970.
    var startedAt: Double?

    static func read() -> ProcessFigures {
        var figures = ProcessFigures()
        #if os(Linux)
            if let fields = statFields() {
                let ticks = Double(max(1, sysconf(Int32(_SC_CLK_TCK))))
                if fields.count > 21 {
                    if let user = Double(fields[11]), let system = Double(fields[12]) {
                        figures.processorSeconds = (user + system) / ticks
                    }
                    if let pages = Double(fields[21]) {
                        figures.residentBytes = pages * Double(sysconf(Int32(_SC_PAGESIZE)))
                    }
                    if let started = Double(fields[19]), let booted = bootTime() {
                        figures.startedAt = booted + started / ticks
                    }
                }
            }
            figures.openFiles = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd")).map {
                Double($0.count)
            }
        #endif
        return figures
    }

    #if os(Linux)
        /// The fields of /proc/self/stat behind the program's name, which may hold anything.
        private static func statFields() -> [Substring]? {
            guard let data = FileManager.default.contents(atPath: "/proc/self/stat") else { return nil }
            let text = String(decoding: data, as: UTF8.self)
            guard let end = text.lastIndex(of: ")") else { return nil }
            return text[text.index(after: end)...].split(separator: " ")
        }

        private static func bootTime() -> Double? {
            guard let data = FileManager.default.contents(atPath: "/proc/stat") else { return nil }
            let line = String(decoding: data, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("btime ") }
            return line.flatMap { Double($0.dropFirst(6)) }
        }
    #endif

    /// Bytes a program without special rights can still write where a folder is.
    static func freeBytes(at folder: String) -> Double? {
        var facts = statvfs()
        guard statvfs(folder, &facts) == 0 else { return nil }
        return Double(facts.f_bavail) * Double(facts.f_frsize)
    }
}
