/// The ways through a form, whatever is answered: pages by their place in the list.
struct FormGraph: Sendable {
    /// Where each page can lead; the end is not among them.
    let next: [[Int]]
    /// The pages some way from the first leads to.
    let reachable: Set<Int>
    /// For each page, those some way passes before it.
    let before: [Set<Int>]
    /// Circles, each as the pages of one turn with the first again at the end.
    let cycles: [[Int]]

    init(_ form: FormDefinition) {
        let count = form.pages.count
        var next: [[Int]] = []
        for (place, page) in form.pages.enumerated() {
            var ways: [Int] = []
            var goesOn = true
            for jump in page.next where goesOn {
                if case .page(let id) = jump.to, let to = form.pages.firstIndex(where: { $0.id == id }) {
                    if !ways.contains(to) { ways.append(to) }
                }
                if jump.when == nil { goesOn = false }
            }
            // The next page in the list follows where no way out is taken, and where this page is left out.
            if goesOn || page.showIf != nil, place + 1 < count, !ways.contains(place + 1) { ways.append(place + 1) }
            next.append(ways)
        }
        self.next = next
        var reachable: Set<Int> = []
        var waiting = count > 0 ? [0] : []
        while let place = waiting.popLast() {
            if reachable.insert(place).inserted { waiting += next[place] }
        }
        self.reachable = reachable
        before = (0..<count).map { FormGraph.reaching($0, next) }
        cycles = FormGraph.cycles(next)
    }

    private static func reaching(_ target: Int, _ next: [[Int]]) -> Set<Int> {
        var found: Set<Int> = []
        var grew = true
        while grew {
            grew = false
            for place in next.indices where !found.contains(place) {
                if next[place].contains(where: { $0 == target || found.contains($0) }) {
                    found.insert(place)
                    grew = true
                }
            }
        }
        return found
    }

    /// One circle for each way that leads back onto the path being walked.
    private static func cycles(_ next: [[Int]]) -> [[Int]] {
        var cycles: [[Int]] = []
        var done: Set<Int> = []
        for start in next.indices where !done.contains(start) {
            var path: [Int] = [start]
            var tries: [Int] = [0]
            while let place = path.last, let at = tries.last {
                guard at < next[place].count else {
                    done.insert(place)
                    path.removeLast()
                    tries.removeLast()
                    continue
                }
                tries[tries.count - 1] += 1
                let to = next[place][at]
                if let first = path.firstIndex(of: to) {
                    cycles.append(Array(path[first...]) + [to])
                } else if !done.contains(to) {
                    path.append(to)
                    tries.append(0)
                }
            }
        }
        return cycles
    }
}

extension FormCheck {
    /// Circles, pages nobody can come to, ways that are never taken or lead nowhere.
    mutating func ways() {
        for (place, page) in form.pages.enumerated() {
            var isDecided = false
            for jump in page.next {
                if isDecided {
                    report(.page(page.id), .next, .jumpNeverTaken)
                    break
                }
                if jump.when == nil { isDecided = true }
                if case .page(let id) = jump.to, form.page(id) == nil {
                    let names = form.pages.map(\.id.text) + [FormPage.Target.endWord]
                    report(.page(page.id), .next, .unknownPage(id.text, nearest: nearestName(to: id.text, in: names)))
                }
            }
            if !graph.reachable.contains(place) { report(.page(page.id), .whole, .unreachable) }
        }
        for cycle in graph.cycles {
            guard let last = cycle.dropLast().last else { continue }
            report(.page(form.pages[last].id), .next, .cycle(cycle.map { form.pages[$0].id }))
        }
    }
}
