#include <curl/curl.h>

// Swift cannot call functions with variable arguments: one of a fixed shape for each kind of value.
static inline CURLcode curl_set_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode curl_set_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
typedef size_t (*curl_body_function)(char *bytes, size_t size, size_t count, void *context);
static inline CURLcode curl_set_body_function(CURL *handle, CURLoption option, curl_body_function value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode curl_get_long(CURL *handle, CURLINFO info, long *value) {
    return curl_easy_getinfo(handle, info, value);
}
static inline CURLcode curl_set_body_source(CURL *handle, CURLoption option, curl_body_function value) {
    return curl_easy_setopt(handle, option, value);
}

#include <arpa/inet.h>
#include <netinet/in.h>
#include <stdint.h>
#include <string.h>
#include <sys/socket.h>

// What a connection may reach: set on a handle by curl_guard_addresses, asked with the very address libcurl is about
// to connect to, after every look-up, so that a name that changes its mind between check and use gains nothing.
typedef struct {
    int allows_private;
    int was_refused;
} curl_address_guard;

// Addresses of no public host: this machine, private and shared networks, link-local (cloud metadata), benchmarks,
// documentation, multicast, reserved; and IPv6 forms that carry one of these inside.
static inline int curl_is_private_v4(uint32_t a) {
    return (a >> 24) == 0 || (a >> 24) == 10 || (a >> 24) == 127 || (a >> 22) == (0x64400000u >> 22)
        || (a >> 16) == 0xA9FE || (a >> 20) == (0xAC100000u >> 20) || (a >> 8) == 0xC00000 || (a >> 8) == 0xC00002
        || (a >> 8) == 0xC05863 || (a >> 16) == 0xC0A8 || (a >> 17) == (0xC6120000u >> 17) || (a >> 8) == 0xC63364
        || (a >> 8) == 0xCB0071 || (a >> 28) >= 0xE;
}
static inline uint32_t curl_word(const unsigned char *b) {
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 | b[3];
}
static inline int curl_is_private_v6(const unsigned char *b) {
    static const unsigned char zero[12] = {0};
    if (memcmp(b, zero, 10) == 0 && b[10] == 0xFF && b[11] == 0xFF) return curl_is_private_v4(curl_word(b + 12));
    if (memcmp(b, zero, 12) == 0) return 1;                                       // ::, ::1, IPv4-compatible
    if (b[0] == 0x00 && b[1] == 0x64 && b[2] == 0xFF && b[3] == 0x9B) return 1;   // 64:ff9b::/16, NAT64
    if (b[0] == 0x20 && b[1] == 0x02) return curl_is_private_v4(curl_word(b + 2)); // 6to4
    if (b[0] == 0x20 && b[1] == 0x01 && b[2] < 2) return 1;                       // 2001::/23, Teredo and special use
    if (b[0] == 0x20 && b[1] == 0x01 && b[2] == 0x0D && b[3] == 0xB8) return 1;   // documentation
    if (b[0] == 0x01 && b[1] == 0x00) return 1;                                   // discard
    return (b[0] & 0xE0) != 0x20;                                                 // only 2000::/3 is public unicast
}
// 1 when the text is a private address, 0 when it is a public one, -1 when it is no address.
static inline int curl_is_private_text(const char *text) {
    unsigned char bytes[16];
    if (inet_pton(AF_INET, text, bytes) == 1) return curl_is_private_v4(curl_word(bytes));
    if (inet_pton(AF_INET6, text, bytes) == 1) return curl_is_private_v6(bytes);
    return -1;
}
static inline curl_socket_t curl_guarded_socket(void *context, curlsocktype purpose, struct curl_sockaddr *address) {
    curl_address_guard *guard = context;
    int is_private = 1;
    (void)purpose;
    if (address->family == AF_INET) {
        is_private = curl_is_private_v4(ntohl(((struct sockaddr_in *)&address->addr)->sin_addr.s_addr));
    } else if (address->family == AF_INET6) {
        is_private = curl_is_private_v6(((struct sockaddr_in6 *)&address->addr)->sin6_addr.s6_addr);
    }
    if (is_private && !guard->allows_private) {
        guard->was_refused = 1;
        return CURL_SOCKET_BAD;
    }
    return socket(address->family, address->socktype, address->protocol);
}
static inline CURLcode curl_guard_addresses(CURL *handle, curl_address_guard *guard) {
    CURLcode code = curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, curl_guarded_socket);
    return code != CURLE_OK ? code : curl_easy_setopt(handle, CURLOPT_OPENSOCKETDATA, guard);
}
