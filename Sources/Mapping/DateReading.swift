import NotionAPI

/// The date in a property that is, or gives, one.
enum DateReading: Equatable {
    case date(NotionDate)
    case none
    /// A clause without a full stop.
    case unusable(String)

    /// - Parameter value: the property's.
    init(_ value: PropertyValue) {
        switch value {
        case .date(let date): self.init(date)
        case .createdTime(let time), .lastEditedTime(let time): self = .date(NotionDate(start: time))
        case .formula(.date(let date)), .rollup(.date(let date)): self.init(date)
        case .rollup(.array(let values)): self.init(values)
        // Also for empty text: a formula that somebody broke must not take all events away.
        case .formula: self = .unusable("the formula does not give a date")
        case .rollup(.incomplete): self = .unusable("Notion did not compute the whole rollup")
        case .rollup: self = .unusable("the rollup does not give a date")
        default: self = .unusable("the date property holds something that cannot be read")
        }
    }

    private init(_ date: NotionDate?) { self = date.map { .date($0) } ?? .none }

    /// A rollup that shows the originals: their only date.
    private init(_ values: [PropertyValue]) {
        let readings = values.map { DateReading($0) }.filter { $0 != .none }
        guard let first = readings.first else {
            self = .none
            return
        }
        self = readings.allSatisfy { $0 == first } ? first : .unusable("the rollup gives several dates")
    }
}
