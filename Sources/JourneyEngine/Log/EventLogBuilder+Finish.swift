extension EventLogBuilder {
    /// The log. `threads` 0 means as many as the machine has cores.
    ///
    /// Rows already journey by journey and in order of time cost nothing here. Journeys without events are left out.
    package consuming func finish(threads: Int = 0) -> EventLog {
        let rows = times.count
        let runs = runStarts.count
        let known = ids.count
        let declarations = declarations
        let collected = attributes
        let inTimeOrder = isInTimeOrder
        runStarts.append(UInt32(truncatingIfNeeded: rows))

        // Number the journeys that have events in order of first appearance in the rows.
        var place = GrowingColumn<UInt32>(capacity: known)
        place.pad(to: known, with: .max)
        var used = 0
        var isIdentity = true
        for run in 0..<runs {
            let journey = Int(runJourneys[run])
            if place[journey] == .max {
                isIdentity = isIdentity && journey == used
                place[journey] = UInt32(truncatingIfNeeded: used)
                used += 1
            }
        }
        isIdentity = isIdentity && used == known
        let grouped = used == runs

        var plan = RowPlan(rows: rows, journeys: used)
        if grouped {
            plan.offsets.append(contentsOf: runStarts.start, count: runs + 1)
        } else {
            plan.count(runs: runs, starts: runStarts.start, journeys: runJourneys.start, places: place.start)
        }
        var columns: [CodeColumn?] = []
        for (attribute, declaration) in zip(collected, declarations) {
            var codes = attribute.takeCodes()
            guard codes.count > 0 else {
                columns.append(nil)
                continue
            }
            switch declaration.level {
            case .event:
                codes.pad(to: rows)
                if !grouped { codes = plan.scatter(codes, runStarts.start, runJourneys.start, place.start) }
            case .journey:
                codes.pad(to: known)
                if !isIdentity { codes = plan.permute(codes, places: place.start, known: known) }
            }
            columns.append(codes.freeze())
        }
        var activityCodes = activities
        var eventTimes = times
        if !grouped {
            activityCodes = plan.scatter(activityCodes, runStarts.start, runJourneys.start, place.start)
            eventTimes = plan.scatter(eventTimes, runStarts.start, runJourneys.start, place.start)
        }
        let events = zip(columns, declarations).compactMap { column, declaration in
            declaration.level == .event ? column : nil
        }
        let activityColumn = activityCodes.freeze()
        let timeColumn = eventTimes.freeze()
        let offsetColumn = plan.finishOffsets()
        if !grouped || !inTimeOrder {
            sortJourneysByTime(
                offsets: offsetColumn, times: timeColumn, codes: [activityColumn] + events, threads: threads)
        }
        let allIDs = ids.freeze()
        let idTable = isIdentity ? allIDs : allIDs.permuted(places: place.start, count: used)
        let segment = LogSegment(
            offsets: offsetColumn, times: timeColumn, activities: activityColumn, ids: JourneyIDs(idTable),
            attributes: columns)
        return EventLog(
            segment, book: ActivityBook(TextBook(names.freeze())),
            values: collected.map { ValueBook(table: $0.takeTexts().freeze()) }, attributes: declarations)
    }
}
