import Experience

/// Where a record's rows are. Everything above works on a ``Session`` and does not know which database it has.
protocol RecordDriver: AnyObject, Sendable {
    /// Runs a read on one snapshot, away from the cooperative pool. It may run again when the connection is lost.
    ///
    /// - Parameter agency: whose rows it works on; nil for all.
    func read<T: Sendable>(
        agency: AgencyID?, _ body: @escaping @Sendable (Session) throws(StorageError) -> T
    ) async throws(StorageError) -> T

    /// Runs one durable transaction on the calling thread, which is always the writer's. Returns once it is durable;
    /// throws when nothing of it is stored. The body may run again.
    ///
    /// - Parameter body: asks once whether rows may have changed since the last transaction by other hands.
    func transaction(
        _ body: (_ session: Session, _ othersWrote: () throws(StorageError) -> Bool) throws(StorageError) -> Void
    ) throws(StorageError)

    /// Calls back with the newest sequence number after commits of other programs, where they are told of.
    func follow(_ wake: @escaping @Sendable (Int64) -> Void)

    /// Tells of events that were stored, on the writer's thread.
    func grew(by events: Int)

    func close() throws(StorageError)
}
