internal import Experience
internal import Formats
internal import Logging
internal import Storage

/// Whether the servers that help this one answer.
extension Examination {
    /// Signatures older than this know too little of what goes round.
    private static let oldestSignatures = 7

    func scanner(_ settings: ServeSettings) async -> [Finding] {
        let name = "malware scan"
        guard let address = settings.scanner else {
            guard takesFiles else { return [.ok(name, "none is set, and no form asks for a file")] }
            return [
                .warn(
                    name, "files people send are not scanned", "run clamd and set malware.scan (--malware-scan) to it.")
            ]
        }
        do {
            let version = ScannerVersion(try await ClamdClient(address, patience: .seconds(10)).version())
            return [Self.judge(version, address, today: CivilDate(utc: .now))]
        } catch {
            return [
                .fail(
                    name, "\(address): \(error.why)",
                    "check that clamd runs and may be reached; until then forms refuse files.")
            ]
        }
    }

    static func judge(_ version: ScannerVersion, _ address: ScannerAddress, today: CivilDate) -> Finding {
        let name = "malware scan"
        guard let day = version.signatures else {
            return .ok(name, "\(version.product) at \(address) answers, with signatures of unknown date")
        }
        let said = "\(version.product) at \(address) answers, signatures of \(day)"
        return today.daysSince1970 - day.daysSince1970 > oldestSignatures
            ? .warn(name, said, "bring them up to date: freshclam.") : .ok(name, said)
    }

    private var takesFiles: Bool {
        let services = (try? allDefinitions(data: data, place: place)) ?? []
        return services.contains { $0.forms.contains { $0.hasFiles } }
    }

    func logServer(_ settings: ServeSettings) async -> [Finding] {
        let name = "log server"
        guard let address = settings.log.server else {
            guard settings.isSecure || !Self.isLocal(settings.host) else {
                return [.ok(name, "none is set: lines go to standard error only")]
            }
            return [
                .warn(
                    name, "none is set, and others can reach this site",
                    "send lines elsewhere too, so that an intruder can't change them: log.to (--log-to), or by the system's log."
                )
            ]
        }
        do {
            let frame = SyslogFrame().bytes(.info, at: .now, "throughline doctor looked whether this server answers")
            let link = try SyslogLink(address, authorities: settings.log.authorities)
            if let problem = await link.reach(frame) {
                return [
                    .fail(name, "\(address): \(problem)", "check address, certificate (log.ca) and that it listens.")
                ]
            }
            guard address.isSecure || Self.isLocal(address.place.host) else {
                return [
                    .warn(name, "\(address) takes lines without TLS beyond this machine", "use syslog+tls: to it.")
                ]
            }
            return [.ok(name, "\(address) takes lines")]
        } catch let failure as CommandFailure {
            return [.fail(name, failure.message, "name a PEM file this program may read.")]
        } catch {
            return [.fail(name, "\(address) can't be reached", "check the address.")]
        }
    }
}
