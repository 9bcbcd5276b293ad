// Events of a simulated camera: pull points.
#include "camsim/onvif/device.hpp"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

namespace bongsu::camsim {

namespace {

constexpr Duration kUsualLife = std::chrono::seconds{60};
constexpr Duration kLongestWait = std::chrono::seconds{20};
constexpr std::size_t kLargestPull = 100;

std::string life_elements(WallTime now, Duration life) {
    return "<wsnt:CurrentTime>" + to_iso8601(now) + "</wsnt:CurrentTime><wsnt:TerminationTime>" +
           to_iso8601(now + life) + "</wsnt:TerminationTime>";
}

std::string write_event(const SimulatedEvent& event) {
    return fmt::format(
        "<wsnt:NotificationMessage><wsnt:Topic "
        R"(Dialect="http://www.onvif.org/ver10/tev/topicExpression/ConcreteSet">{}</wsnt:Topic>)"
        R"(<wsnt:Message><tt:Message UtcTime="{}" PropertyOperation="{}"><tt:Source>)"
        R"(<tt:SimpleItem Name="{}" Value="{}"/></tt:Source><tt:Data>)"
        R"(<tt:SimpleItem Name="{}" Value="{}"/></tt:Data></tt:Message></wsnt:Message>)"
        "</wsnt:NotificationMessage>",
        escape_xml(event.topic),
        to_iso8601(event.time),
        escape_xml(event.operation),
        escape_xml(event.source_name),
        escape_xml(event.source),
        escape_xml(event.data_name),
        escape_xml(event.data)
    );
}

net::HttpResponse unknown_subscription() {
    return soap_fault(
        400, "Sender", "ter:ResourceUnknown", "there is no such subscription, or no longer"
    );
}

Duration asked_life(const SoapCall& call, std::string_view name) {
    return std::clamp<Duration>(
        read_xml_duration(call.text(name)).value_or(kUsualLife),
        std::chrono::seconds{1},
        std::chrono::hours{1}
    );
}

}  // namespace

net::HttpResponse OnvifDevice::answer_events(const SoapCall& call, const Reached& reached) {
    if (call.operation != "CreatePullPointSubscription") {
        return unknown_operation(call);
    }
    const Duration life = asked_life(call, "InitialTerminationTime");
    const auto number = events_.subscribe(life);
    if (!number) {
        return soap_fault(500, "Receiver", "ter:Action", "no more subscriptions are possible");
    }
    return soap_answer(fmt::format(
        "<tev:CreatePullPointSubscriptionResponse><tev:SubscriptionReference><wsa5:Address>"
        "{}/onvif/subscription-{}</wsa5:Address></tev:SubscriptionReference>{}"
        "</tev:CreatePullPointSubscriptionResponse>",
        reached.http_base,
        *number,
        life_elements(clock_.wall() + options_.clock_offset, life)
    ));
}

net::HttpResponse OnvifDevice::answer_subscription(std::string_view number, const SoapCall& call) {
    std::uint64_t subscription = 0;
    std::from_chars(number.data(), number.data() + number.size(), subscription);
    const WallTime now = clock_.wall() + options_.clock_offset;
    if (call.operation == "PullMessages") {
        const Duration wait = std::clamp<Duration>(
            read_xml_duration(call.text("Timeout")).value_or(Duration::zero()),
            Duration::zero(),
            kLongestWait
        );
        const int limit = std::atoi(call.text("MessageLimit").c_str());
        const auto events = events_.pull(
            subscription, wait, std::clamp<std::size_t>(limit > 0 ? limit : 1, 1, kLargestPull)
        );
        if (!events) {
            return unknown_subscription();
        }
        std::string out = "<tev:PullMessagesResponse>" + life_elements(now, kUsualLife);
        for (const SimulatedEvent& event : *events) {
            out += write_event(event);
        }
        return soap_answer(out + "</tev:PullMessagesResponse>");
    }
    if (call.operation == "Renew") {
        const Duration life = asked_life(call, "TerminationTime");
        return events_.renew(subscription, life)
                   ? soap_answer(
                         "<wsnt:RenewResponse>" + life_elements(now, life) + "</wsnt:RenewResponse>"
                     )
                   : unknown_subscription();
    }
    if (call.operation == "Unsubscribe") {
        return events_.unsubscribe(subscription) ? soap_answer("<wsnt:UnsubscribeResponse/>")
                                                 : unknown_subscription();
    }
    if (call.operation == "SetSynchronizationPoint") {
        return events_.synchronise(subscription)
                   ? soap_answer("<tev:SetSynchronizationPointResponse/>")
                   : unknown_subscription();
    }
    return unknown_operation(call);
}

}  // namespace bongsu::camsim
