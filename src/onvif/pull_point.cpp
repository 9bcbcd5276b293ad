#include "onvif/pull_point.hpp"

#include "onvif/random.hpp"

#include <algorithm>
#include <sstream>

namespace bongsu::onvif {

namespace {

constexpr std::string_view kEvents = "http://www.onvif.org/ver10/events/wsdl/";
constexpr std::string_view kNotification =
    "http://docs.oasis-open.org/wsn/bw-2/SubscriptionManager/";
constexpr std::size_t kMostReferenceBytes = 4096;
constexpr Duration kShortestLife = std::chrono::seconds{5};
constexpr Duration kSlack = std::chrono::seconds{5};  // beyond the wait that was asked for

std::string seconds(Duration duration) {
    const auto whole = std::chrono::ceil<std::chrono::seconds>(duration).count();
    return "PT" + std::to_string(std::max<std::int64_t>(1, whole)) + "S";
}

std::string addressing(std::string_view action, std::string_view to) {
    return "<wsa:Action s:mustUnderstand=\"1\">" + std::string(action) +
           "</wsa:Action><wsa:MessageID>" + random_message_id() +
           "</wsa:MessageID><wsa:ReplyTo><wsa:Address>"
           "http://www.w3.org/2005/08/addressing/anonymous</wsa:Address></wsa:ReplyTo>"
           "<wsa:To s:mustUnderstand=\"1\">" +
           escape_xml(to) + "</wsa:To>";
}

/// WS-Addressing 1.0 SOAP binding 2.1: the children come back as header blocks. A prefix that was
/// declared further up must be declared again where it now stands.
std::string reference_parameters(pugi::xml_node reference) {
    std::ostringstream out;
    for (pugi::xml_node node : child(reference, "ReferenceParameters").children()) {
        for (pugi::xml_node up = node.parent(); up; up = up.parent()) {
            for (const pugi::xml_attribute item : up.attributes()) {
                const bool is_declaration = std::string_view(item.name()).starts_with("xmlns:");
                if (is_declaration && !node.attribute(item.name())) {
                    node.append_attribute(item.name()) = item.value();
                }
            }
        }
        node.print(out, "", pugi::format_raw);
    }
    std::string text = std::move(out).str();
    return text.size() <= kMostReferenceBytes ? text : std::string();
}

}  // namespace

Result<PullPoint> PullPoint::create(
    SoapChannel& channel, const Url& events, const PullPointOptions& options
) {
    const std::string action =
        std::string(kEvents) + "EventPortType/CreatePullPointSubscriptionRequest";
    const MonoTime asked = channel.clock().mono();
    BONGSU_ASSIGN(
        const SoapReply reply,
        channel.call(
            events.text(),
            {.action = action,
             .body = "<tev:CreatePullPointSubscription><tev:InitialTerminationTime>" +
                     seconds(options.lifetime) +
                     "</tev:InitialTerminationTime></tev:CreatePullPointSubscription>",
             .header = addressing(action, events.text())}
        )
    );
    const pugi::xml_node reference = child(reply.response(), "SubscriptionReference");
    const std::string address_text = text_at(reference, "Address");
    auto address = address_text.empty() ? Result<Url>(events) : parse_url(address_text);
    if (!address) {
        return fail(address.error().within("the camera's subscription"));
    }
    PullPoint point(
        channel, options.corrects_hosts ? reachable(*address, events) : *address, options
    );
    point.reference_parameters_ = reference_parameters(reference);
    point.note_life(reply.response(), asked);
    // Optional for cameras; without it only changes are told.
    (void)channel.call(
        point.address_.text(),
        point.request(
            std::string(kEvents) + "PullPointSubscription/SetSynchronizationPointRequest",
            "<tev:SetSynchronizationPoint/>"
        )
    );
    return point;
}

SoapRequest PullPoint::request(std::string_view action, std::string body) const {
    return {
        .action = std::string(action),
        .body = std::move(body),
        .header = addressing(action, address_.text()) + reference_parameters_,
    };
}

/// Half of the life that the camera says it granted, by its own two clock readings.
void PullPoint::note_life(pugi::xml_node response, MonoTime asked) {
    const auto now = parse_iso8601(text_at(response, "CurrentTime"));
    const auto end = parse_iso8601(text_at(response, "TerminationTime"));
    Duration life = options_.lifetime;
    if (now && end && *end > *now) {
        life = std::min(life, *end - *now);
    }
    renew_at_ = asked + std::max(life, kShortestLife) / 2;
}

Result<std::vector<OnvifEvent>> PullPoint::pull(Duration wait, int limit) {
    const Duration usual = channel_->deadline();
    channel_->set_deadline(wait + kSlack);
    auto reply = channel_->call(
        address_.text(),
        request(
            std::string(kEvents) + "PullPointSubscription/PullMessagesRequest",
            "<tev:PullMessages><tev:Timeout>" + seconds(wait) + "</tev:Timeout><tev:MessageLimit>" +
                std::to_string(limit) + "</tev:MessageLimit></tev:PullMessages>"
        )
    );
    channel_->set_deadline(usual);
    if (!reply) {
        return fail(reply.error());
    }
    return parse_notifications(reply->response());
}

Status PullPoint::renew() {
    const MonoTime asked = channel_->clock().mono();
    BONGSU_ASSIGN(
        const SoapReply reply,
        channel_->call(
            address_.text(),
            request(
                std::string(kNotification) + "RenewRequest",
                "<wsnt:Renew><wsnt:TerminationTime>" + seconds(options_.lifetime) +
                    "</wsnt:TerminationTime></wsnt:Renew>"
            )
        )
    );
    note_life(reply.response(), asked);
    return {};
}

Status PullPoint::unsubscribe() {
    BONGSU_TRY(channel_->call(
        address_.text(),
        request(std::string(kNotification) + "UnsubscribeRequest", "<wsnt:Unsubscribe/>")
    ));
    return {};
}

}  // namespace bongsu::onvif
