/// Where the service is reached.
package struct ServiceAddress: Sendable, CustomStringConvertible {
    package var scheme: String
    package var host: String
    package var port: Int

    package var description: String { "\(scheme)://\(host.contains(":") ? "[\(host)]" : host):\(port)" }
}
