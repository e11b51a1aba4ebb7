/// The kind of a browser and its system, no more: enough for a person to know their own session again.
package enum BrowserFamily {
    /// "firefox/linux" from what the browser says of itself; nil when it says nothing.
    package static func of(_ userAgent: String?) -> String? {
        guard let said = userAgent.map({ String($0.prefix(1_000)) }), !said.isEmpty else { return nil }
        func first(_ marks: KeyValuePairs<String, String>) -> String {
            marks.first { said.contains($0.key) }?.value ?? "other"
        }
        // In this order: many call themselves by others' names too.
        let browser = first([
            "Edg": "edge", "OPR/": "opera", "SamsungBrowser": "samsung", "Firefox": "firefox", "FxiOS": "firefox",
            "Chrom": "chrome", "CriOS": "chrome", "Safari": "safari",
        ])
        let system = first([
            "iPhone": "ios", "iPad": "ios", "Android": "android", "Windows": "windows", "Macintosh": "mac",
            "CrOS": "chromeos", "Linux": "linux",
        ])
        return "\(browser)/\(system)"
    }

    static func said(_ kept: String?, _ words: Words) -> String {
        let parts = (kept ?? "other/other").split(separator: "/").map(String.init)
        let browser = parts.first.flatMap { browsers[$0] } ?? words["session_browser_other"]
        guard parts.count == 2, parts[1] != "other" else { return browser }
        let system = systems[parts[1]] ?? words["session_system_ios"]
        return words["session_browser", ["browser": browser, "system": system]]
    }

    private static let browsers = [
        "edge": "Edge", "opera": "Opera", "samsung": "Samsung Internet", "firefox": "Firefox", "chrome": "Chrome",
        "safari": "Safari",
    ]
    private static let systems = [
        "android": "Android", "windows": "Windows", "mac": "macOS", "chromeos": "ChromeOS", "linux": "Linux",
    ]
}
