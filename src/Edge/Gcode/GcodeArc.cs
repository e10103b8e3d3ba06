namespace Dwapi.Edge.Gcode;

/// <summary>An arc in a plane: from where, around what, to where.</summary>
internal readonly record struct GcodeArc((double A, double B) Start, (double A, double B) End, (double A, double B) Centre, bool Clockwise)
{
    /// <summary>The one of a given radius; a negative one takes the longer way. Null if start and end are one point, as then nothing moves.</summary>
    public static GcodeArc? OfRadius((double A, double B) start, (double A, double B) end, double radius, bool clockwise)
    {
        var (da, db) = (end.A - start.A, end.B - start.B);
        var chord = Math.Sqrt(da * da + db * db);
        if (chord == 0)
            return null;
        var height = Math.Sqrt(Math.Max(0, radius * radius - chord * chord / 4)) * (clockwise != radius < 0 ? -1 : 1);
        var centre = ((start.A + end.A) / 2 - height * db / chord, (start.B + end.B) / 2 + height * da / chord);
        return new GcodeArc(start, end, centre, clockwise);
    }

    /// <summary>The lowest and highest places that it passes; start and end being one point, it is a whole circle.</summary>
    public ((double A, double B) Low, (double A, double B) High) Bounds()
    {
        var (radius, from) = Polar(Start);
        var (_, to) = Polar(End);
        var sweep = Clockwise ? from - to : to - from;
        if (sweep <= 1e-9)
            sweep += Math.Tau;
        (double A, double B) low = (Math.Min(Start.A, End.A), Math.Min(Start.B, End.B));
        (double A, double B) high = (Math.Max(Start.A, End.A), Math.Max(Start.B, End.B));
        for (var quarter = 0; quarter < 4; quarter++)
        {
            var angle = quarter * Math.PI / 2;
            var way = Clockwise ? from - angle : angle - from;
            way -= Math.Floor(way / Math.Tau) * Math.Tau;
            if (way > sweep)
                continue;
            var (sin, cos) = Math.SinCos(angle);
            var (a, b) = (Centre.A + radius * cos, Centre.B + radius * sin);
            low = (Math.Min(low.A, a), Math.Min(low.B, b));
            high = (Math.Max(high.A, a), Math.Max(high.B, b));
        }

        return (low, high);
    }

    private (double Radius, double Angle) Polar((double A, double B) point)
    {
        var (a, b) = (point.A - Centre.A, point.B - Centre.B);
        return (Math.Sqrt(a * a + b * b), Math.Atan2(b, a));
    }
}
