#pragma once

#include <optional>
#include <span>
#include <vector>

namespace bongsu {

/// A point. In pixels of the source picture unless a name says `normalised` (0..1 of width and
/// height).
struct Point {
    float x = 0;
    float y = 0;

    bool operator==(const Point&) const = default;
};

/// An axis-aligned box; x,y is the top left corner. Same units as Point.
struct Box {
    float x = 0;
    float y = 0;
    float w = 0;
    float h = 0;

    float right() const { return x + w; }

    float bottom() const { return y + h; }

    float area() const { return w > 0 && h > 0 ? w * h : 0; }

    Point centre() const { return {x + w / 2, y + h / 2}; }

    /// Where the object stands: the middle of the lower edge.
    Point foot() const { return {x + w / 2, y + h}; }

    bool operator==(const Box&) const = default;
};

/// Corners in order, not closed (the last corner joins the first). At least three.
using Polygon = std::vector<Point>;

struct Segment {
    Point a;
    Point b;
};

Box intersection(const Box& a, const Box& b);
/// The smallest box that holds both; an empty box counts as nothing.
Box enclosing(const Box& a, const Box& b);
/// `box` cut to 0,0..width,height.
Box clipped(const Box& box, float width, float height);
Box scaled(const Box& box, float fx, float fy);
Box padded(const Box& box, float margin);

/// Intersection over union, 0..1; 0 when either is empty.
float iou(const Box& a, const Box& b);

/// Even-odd rule; points on an edge may fall on either side.
bool contains(const Polygon& polygon, Point p);

/// Shoelace area, always positive.
float area(const Polygon& polygon);

/// Whether the open segments cross each other.
bool crosses(const Segment& s, const Segment& t);

/// On which side of the directed line s.a -> s.b the point lies, in picture coordinates (y down):
/// positive on the right-hand side of someone walking from a to b, negative on the left, 0 on the
/// line.
float side_of(const Segment& s, Point p);

/// From a point to the nearest point of the segment.
float distance(const Segment& segment, Point p);

/// Between two points, in their unit.
float distance(Point a, Point b);

/// Whether any two edges that are not neighbours cross: such a zone is a drawing mistake.
bool is_self_crossing(const Polygon& polygon);

}  // namespace bongsu
