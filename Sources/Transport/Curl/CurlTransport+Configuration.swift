extension CurlTransport {
    /// How long a request may take.
    package struct Timeouts: Sendable {
        /// Until a connection stands, TLS included.
        package var connect: Duration = .seconds(10)
        /// For a request as a whole.
        package var total: Duration = .seconds(60)
        /// How long not one byte may travel; counted in whole seconds, rounded up.
        package var stall: Duration = .seconds(30)

        package init() {}
    }

    /// Limits and trust of a transport.
    ///
    /// Proxies are not here: libcurl reads `https_proxy`, `all_proxy` and `no_proxy` from the process's environment.
    package struct Configuration: Sendable {
        package var userAgent: String
        package var timeouts = Timeouts()
        /// In bytes of header and body together, the body as it is after decompression.
        package var responseLimit = 64 << 20
        package var connectionsPerHost = 16
        /// A file of certificates to trust, in PEM; nil: libcurl's own default.
        package var certificateFile: String?
        /// A folder of certificates to trust, named by hash; nil: libcurl's own default.
        package var certificateFolder: String?

        /// - Parameters:
        ///   - environment: names certificates as it does for the curl tool: `CURL_CA_BUNDLE`, else `SSL_CERT_FILE` and
        ///     `SSL_CERT_DIR`. The library does not look there by itself.
        ///   - version: of this program, for the `User-Agent`.
        package init(environment: [String: String] = [:], version: String = "0") {
            // Google compresses only for clients that have "gzip" in their name:
            // https://developers.google.com/workspace/calendar/api/guides/performance
            userAgent = "reconcile/\(version) (gzip)"
            let given = environment.filter { !$0.value.isEmpty }
            if let bundle = given["CURL_CA_BUNDLE"] {
                certificateFile = bundle
            } else {
                (certificateFile, certificateFolder) = (given["SSL_CERT_FILE"], given["SSL_CERT_DIR"])
            }
        }
    }
}
