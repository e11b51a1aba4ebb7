/// How every kind of figure is worked out, in plain words; the target of each figure's method link.
struct MethodsPage: Page {
    static let template = "pages/methods"
    var title: String
    var methods: [Method]

    struct Method: Sendable {
        var id: String
        var title: String
        var text: String
    }

    /// The methods figures may name. A figure that names another would link nowhere: a test holds them together.
    static let known = [
        "wilson", "kaplan-meier", "median", "work", "ratio", "mean", "count", "promise", "suppression", "map",
        "index", "drivers", "facts", "net-mention", "alarm", "themes",
    ]

    init(words: Words) {
        title = words["methods_title"]
        methods = MethodsPage.known.map {
            Method(id: $0, title: words["figure_method_\($0)"], text: words["method_text_\($0)"])
        }
    }
}
