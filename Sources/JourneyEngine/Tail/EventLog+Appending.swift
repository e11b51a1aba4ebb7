extension EventLog {
    /// This log with the events of another after its own. Answers are those of a log built from all events at once.
    ///
    /// Journeys are told by their ids; the events of a journey in both logs are put in order of time, those of this log
    /// first where times are equal. A journey attribute the tail gives replaces the one this log has. The cost is in
    /// proportion to the tail and the journeys it touches: they go to a segment of their own, and segments of like size
    /// are joined, so an event is copied a number of times that grows with the logarithm of the log only.
    package func appending(_ tail: EventLog) -> EventLog {
        guard tail.journeyCount > 0 else { return self }
        var books = values
        var declarations = attributes
        let map = mapCodes(of: tail, into: &books, &declarations)
        let newBook = map.book ?? book

        var copy = SegmentCopy(attributes: declarations)
        var gone = [[UInt32]](repeating: [], count: segments.count)
        var journeys = journeyCount
        for piece in tail.pieces {
            let segment = tail.segments[piece.segment]
            for journey in piece.journeys {
                let id = segment.ids.withBytes(journey)
                var old: (segment: LogSegment, journey: Int)?
                for number in segments.indices.reversed() {
                    if let local = segments[number].ids.index(of: id) {
                        gone[number].append(UInt32(truncatingIfNeeded: local))
                        old = (segments[number], local)
                        break
                    }
                }
                if old == nil { journeys += 1 }
                copy.merge(old, (segment, journey), map.codes)
            }
        }
        var all = segments.map { $0.widened(to: declarations.count) }
        var superseded = superseded
        for (number, list) in gone.enumerated() { superseded[number].add(list) }
        all.append(copy.finish())
        superseded.append(SupersededJourneys())
        while all.count > 1, all[all.count - 1].eventCount * 2 >= all[all.count - 2].eventCount {
            let joined = Self.join(all.suffix(2), superseded.suffix(2), declarations)
            all.removeLast(2)
            superseded.removeLast(2)
            all.append(joined)
            superseded.append(SupersededJourneys())
        }
        return EventLog(
            segments: all, superseded: superseded, journeyCount: journeys, eventCount: eventCount + tail.eventCount,
            book: newBook, values: books, attributes: declarations)
    }

    /// The log in one segment, with one table a dictionary.
    package func compacted() -> EventLog {
        if segments.count == 1, superseded[0].count == 0, segments[0].ids.places == nil, book.texts.tables.count == 1,
            values.allSatisfy({ $0.texts.tables.count == 1 })
        {
            return self
        }
        let segment = Self.join(segments[...], superseded[...], attributes)
        return EventLog(
            segment, book: ActivityBook(TextBook(book.texts.flattened())),
            values: values.map { ValueBook(table: $0.texts.flattened()) }, attributes: attributes)
    }

    private static func join(
        _ segments: ArraySlice<LogSegment>, _ superseded: ArraySlice<SupersededJourneys>,
        _ attributes: [AttributeDeclaration]
    ) -> LogSegment {
        var copy = SegmentCopy(attributes: attributes)
        for piece in LogLayout(Array(segments), Array(superseded)).pieces {
            let segment = segments[segments.startIndex + piece.segment]
            for journey in piece.journeys { copy.append(journey, of: segment, events: segment.events(journey)) }
        }
        return copy.finish()
    }

    private func mapCodes(
        of tail: EventLog, into books: inout [ValueBook], _ declarations: inout [AttributeDeclaration]
    ) -> (codes: CodeMap, book: ActivityBook?) {
        var names = book.texts
        let activities = names.numbers(adding: tail.book.texts.flattened())
        var map = CodeMap(activities: activities, attributes: [])
        for (declaration, values) in zip(tail.attributes, tail.values) {
            let known = declarations.firstIndex {
                $0.level == declaration.level && sameText($0.name, declaration.name)
            }
            if known == nil {
                declarations.append(declaration)
                books.append(ValueBook(table: TextTableBuilder().freeze()))
            }
            let index = known ?? declarations.count - 1
            let numbers = books[index].texts.numbers(adding: values.texts.flattened())
            map.attributes.append((index, [0] + numbers.map { $0 + 1 }))
        }
        return (map, names.count > book.count ? ActivityBook(names) : nil)
    }
}

extension LogSegment {
    /// With places for attributes declared since.
    func widened(to count: Int) -> LogSegment {
        guard attributes.count < count else { return self }
        let missing = [CodeColumn?](repeating: nil, count: count - attributes.count)
        return LogSegment(
            offsets: offsets, times: times, activities: activities, ids: ids, attributes: attributes + missing)
    }
}

extension SegmentCopy {
    /// Adds a journey made of an old one, if any, and a new one whose codes are seen through `map`.
    mutating func merge(
        _ old: (segment: LogSegment, journey: Int)?, _ new: (segment: LogSegment, journey: Int), _ map: CodeMap
    ) {
        begin(new.segment.ids.withBytes(new.journey))
        let added = new.segment.events(new.journey)
        let kept = old.map { $0.segment.events($0.journey) } ?? 0..<0
        var left = kept.lowerBound
        var right = added.lowerBound
        while left < kept.upperBound || right < added.upperBound {
            if let old, left < kept.upperBound,
                right == added.upperBound || old.segment.times[left] <= new.segment.times[right]
            {
                addEvent(old.segment, left, map: nil)
                left += 1
            } else {
                addEvent(new.segment, right, map: map)
                right += 1
            }
        }
        end(old, new, map)
    }
}
