internal import Configuration
internal import Foundation
internal import SystemPackage

/// The one place where configuration is read, and the one precedence: flags, then THROUGHLINE_… in the environment,
/// then `throughline.json` in the data folder.
struct SettingsFile: Sendable {
    let path: String

    init(dataFolder: String) { path = dataFolder + "/throughline.json" }

    func reader(flags: [String: ConfigValue] = [:]) async throws -> ConfigReader {
        var values: [AbsoluteConfigKey: ConfigValue] = [:]
        for (key, value) in flags {
            values[AbsoluteConfigKey(key.split(separator: ".").map(String.init))] = value
        }
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "flags", values: values),
            KeyMappingProvider(upstream: EnvironmentVariablesProvider()) { $0.prepending("throughline") },
        ]
        if fileKind(path) == .file {
            do {
                providers.append(try await FileProvider<JSONSnapshot>(filePath: FilePath(path)))
            } catch {
                throw CommandFailure.badData(
                    "\(path) is not a configuration: it must be one JSON object, such as {\"port\": 8080}.")
            }
        }
        return ConfigReader(providers: providers)
    }

    /// The dotted keys that stand in the file; nil when it is no JSON object. Empty without a file.
    func keys() -> [String]? {
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        guard let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else { return nil }
        return Self.keys(object, under: "").sorted()
    }

    private static func keys(_ object: [String: Any], under prefix: String) -> [String] {
        object.flatMap { key, value in
            (value as? [String: Any]).map { keys($0, under: prefix + key + ".") } ?? [prefix + key]
        }
    }
}
