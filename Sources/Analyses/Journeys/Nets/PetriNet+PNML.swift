extension PetriNet {
    /// Reads the first net of a PNML file (ISO/IEC 15909-2): pages, initial markings, weights, and the field's two
    /// additions, silent transitions (`toolspecific activity="$invisible$"`) and `finalmarkings`.
    ///
    /// Without final markings the one place that has no outgoing arc is taken. A transition with no name is silent.
    /// - Throws: `NetError`.
    package init(pnml bytes: [UInt8]) throws {
        var reader = PNMLReader()
        self = try reader.read(bytes)
    }

    /// The net as PNML, readable by ProM, PM4Py and this reader; arcs and nodes in the order they are kept.
    package func pnml() -> String {
        var out = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<pnml>\n"
        out += "  <net id=\"net\" type=\"http://www.pnml.org/version-2009/grammar/pnmlcoremodel\">\n"
        out += "    <name><text>\(escaped(name))</text></name>\n    <page id=\"page\">\n"
        for (index, place) in places.enumerated() {
            out += "      <place id=\"\(escaped(place.id))\"><name><text>\(escaped(place.name))</text></name>"
            if initial[index] > 0 { out += "<initialMarking><text>\(initial[index])</text></initialMarking>" }
            out += "</place>\n"
        }
        for transition in transitions {
            let id = escaped(transition.id)
            out +=
                "      <transition id=\"\(id)\"><name><text>\(escaped(transition.label ?? transition.id))</text></name>"
            if transition.label == nil {
                out += "<toolspecific tool=\"ProM\" version=\"6.4\" activity=\"$invisible$\" localNodeID=\"\(id)\"/>"
            }
            out += "</transition>\n"
        }
        var arc = 0
        func line(_ source: String, _ target: String, _ weight: Int) -> String {
            arc += 1
            let inscription = weight == 1 ? "/>" : "><inscription><text>\(weight)</text></inscription></arc>"
            return
                "      <arc id=\"arc\(arc)\" source=\"\(escaped(source))\" target=\"\(escaped(target))\"\(inscription)\n"
        }
        for transition in transitions {
            for input in transition.inputs { out += line(places[input.place].id, transition.id, input.weight) }
            for output in transition.outputs { out += line(transition.id, places[output.place].id, output.weight) }
        }
        out += "    </page>\n    <finalmarkings>\n"
        for final in finals {
            out += "      <marking>"
            for (index, tokens) in final.enumerated() where tokens > 0 {
                out += "<place idref=\"\(escaped(places[index].id))\"><text>\(tokens)</text></place>"
            }
            out += "</marking>\n"
        }
        return out + "    </finalmarkings>\n  </net>\n</pnml>\n"
    }

    private func escaped(_ text: String) -> String {
        var out = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": out += "&amp;"
            case "<": out += "&lt;"
            case ">": out += "&gt;"
            case "\"": out += "&quot;"
            case "\n", "\r", "\t": out += "&#\(scalar.value);"
            default: out.unicodeScalars.append(scalar)
            }
        }
        return out
    }
}
