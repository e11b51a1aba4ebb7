internal import Configuration
internal import Foundation

/// Every setting with its value and where it comes from; secrets only say that they are set.
struct SettingsTable {
    let flags: ServeFlags
    let data: DataPlace
    let place: ServicesPlace

    func lines() async -> [String] {
        let environment = ProcessInfo.processInfo.environment
        let file = SettingsFile(dataFolder: data.folder)
        let inFile = Set(file.keys() ?? [])
        let config = try? await file.reader(flags: flags.values)
        let width = Setting.all.map(\.key.count).max() ?? 0
        var own: [String: String] = [:]
        if let path = data.path { own["data"] = path }
        if let database = data.database { own["database"] = database }
        if let path = place.path { own["services"] = path }
        if let forms = place.forms { own["forms"] = forms }
        return Setting.all.map { setting in
            let name = setting.key + String(repeating: " ", count: width - setting.key.count)
            let source: String
            var value: String?
            if flags.values[setting.key] != nil || own[setting.key] != nil {
                source = "flag \(setting.flag ?? "")"
            } else if environment[setting.variable] != nil {
                source = setting.variable
                value = environment[setting.variable]
            } else if setting.inFile, inFile.contains(setting.key) {
                source = file.path
            } else {
                return "\(name)  \(setting.standard ?? "not set") (default)"
            }
            let key = ConfigKey(setting.key.split(separator: ".").map(String.init))
            let read =
                value ?? own[setting.key]
                ?? config.flatMap { config in
                    config.string(forKey: key) ?? config.int(forKey: key).map { "\($0)" }
                        ?? config.bool(forKey: key).map { "\($0)" }
                }
            let shown = setting.isSecret || ["database", "analytics"].contains(setting.key) ? "(set)" : read ?? "(set)"
            return "\(name)  \(shown) (\(source))"
        }
    }
}
