#include "domain/geometry.hpp"

#include <algorithm>
#include <cmath>
#include <cstddef>

namespace bongsu {

Box intersection(const Box& a, const Box& b) {
    const float x = std::max(a.x, b.x);
    const float y = std::max(a.y, b.y);
    const float w = std::min(a.right(), b.right()) - x;
    const float h = std::min(a.bottom(), b.bottom()) - y;
    return w > 0 && h > 0 ? Box{x, y, w, h} : Box{};
}

Box enclosing(const Box& a, const Box& b) {
    if (a.area() <= 0) {
        return b;
    }
    if (b.area() <= 0) {
        return a;
    }
    const float x = std::min(a.x, b.x);
    const float y = std::min(a.y, b.y);
    return {x, y, std::max(a.right(), b.right()) - x, std::max(a.bottom(), b.bottom()) - y};
}

Box clipped(const Box& box, float width, float height) {
    return intersection(box, Box{0, 0, width, height});
}

Box scaled(const Box& box, float fx, float fy) {
    return {box.x * fx, box.y * fy, box.w * fx, box.h * fy};
}

Box padded(const Box& box, float margin) {
    return {box.x - margin, box.y - margin, box.w + 2 * margin, box.h + 2 * margin};
}

float iou(const Box& a, const Box& b) {
    const float both = intersection(a, b).area();
    const float either = a.area() + b.area() - both;
    return both > 0 && either > 0 ? both / either : 0;
}

bool contains(const Polygon& polygon, Point p) {
    bool is_inside = false;
    for (std::size_t i = 0, j = polygon.size() - 1; i < polygon.size(); j = i++) {
        const Point& a = polygon[i];
        const Point& b = polygon[j];
        if ((a.y > p.y) != (b.y > p.y) && p.x < (b.x - a.x) * (p.y - a.y) / (b.y - a.y) + a.x) {
            is_inside = !is_inside;
        }
    }
    return is_inside;
}

float area(const Polygon& polygon) {
    float twice = 0;
    for (std::size_t i = 0; i < polygon.size(); ++i) {
        const Point& a = polygon[i];
        const Point& b = polygon[(i + 1) % polygon.size()];
        twice += a.x * b.y - b.x * a.y;
    }
    return std::abs(twice) / 2;
}

float side_of(const Segment& s, Point p) {
    return (s.b.x - s.a.x) * (p.y - s.a.y) - (s.b.y - s.a.y) * (p.x - s.a.x);
}

bool crosses(const Segment& s, const Segment& t) {
    return side_of(s, t.a) * side_of(s, t.b) < 0 && side_of(t, s.a) * side_of(t, s.b) < 0;
}

float distance(Point a, Point b) {
    return std::hypot(a.x - b.x, a.y - b.y);
}

float distance(const Segment& segment, Point p) {
    const float dx = segment.b.x - segment.a.x;
    const float dy = segment.b.y - segment.a.y;
    const float length2 = dx * dx + dy * dy;
    const float raw =
        length2 > 0 ? ((p.x - segment.a.x) * dx + (p.y - segment.a.y) * dy) / length2 : 0;
    const float along = std::clamp(raw, 0.0F, 1.0F);
    return std::hypot(p.x - segment.a.x - along * dx, p.y - segment.a.y - along * dy);
}

bool is_self_crossing(const Polygon& polygon) {
    const std::size_t n = polygon.size();
    for (std::size_t i = 0; i < n; ++i) {
        for (std::size_t j = i + 2; j < n; ++j) {
            const bool are_neighbours = i == 0 && j == n - 1;
            if (!are_neighbours &&
                crosses({polygon[i], polygon[(i + 1) % n]}, {polygon[j], polygon[(j + 1) % n]})) {
                return true;
            }
        }
    }
    return false;
}

}  // namespace bongsu
