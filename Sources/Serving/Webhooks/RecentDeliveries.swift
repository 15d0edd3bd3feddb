/// The ids of the last deliveries, so that a repeated attempt starts nothing; a bounded number of them.
package struct RecentDeliveries: Sendable {
    private let capacity: Int
    private var ids: Set<String> = []
    /// In the order of their arrival, once around: the oldest is at `oldest` as soon as all places are taken.
    private var order: [String] = []
    private var oldest = 0

    /// - Parameter capacity: positive.
    package init(capacity: Int) { self.capacity = capacity }

    package var count: Int { ids.count }

    /// - Returns: false where it was there before.
    package mutating func insert(_ id: String) -> Bool {
        guard ids.insert(id).inserted else { return false }
        guard order.count == capacity else {
            order.append(id)
            return true
        }
        ids.remove(order[oldest])
        order[oldest] = id
        oldest = (oldest + 1) % capacity
        return true
    }
}
