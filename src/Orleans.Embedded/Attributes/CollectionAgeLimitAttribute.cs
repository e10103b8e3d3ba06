using System.Globalization;

namespace Orleans;

/// <summary>How long an activation of this class may be idle before it is collected; at least one minute.</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = false)]
public class CollectionAgeLimitAttribute : Attribute
{
    /// <summary>The shortest time there is: one minute.</summary>
    public static readonly TimeSpan MinAgeLimit = TimeSpan.FromMinutes(1);

    private readonly TimeSpan? _value;

    /// <summary>The time is the sum of <see cref="Days"/>, <see cref="Hours"/> and <see cref="Minutes"/>.</summary>
    public CollectionAgeLimitAttribute()
    {
    }

    /// <summary>Sets the time in the form <c>hh:mm:ss</c>.</summary>
    public CollectionAgeLimitAttribute(string inactivityPeriod) =>
        _value = TimeSpan.Parse(inactivityPeriod, CultureInfo.InvariantCulture);

    /// <summary>Days of idleness.</summary>
    public double Days { get; set; }

    /// <summary>Hours of idleness.</summary>
    public double Hours { get; set; }

    /// <summary>Minutes of idleness.</summary>
    public double Minutes { get; set; }

    /// <summary>Never collect for idleness.</summary>
    public bool AlwaysActive { get; set; }

    /// <summary>The time that results.</summary>
    public TimeSpan AgeLimit
    {
        get
        {
            if (_value is { } value)
                return value;
            var sum = AlwaysActive
                ? TimeSpan.FromDays(short.MaxValue)
                : TimeSpan.FromDays(Days) + TimeSpan.FromHours(Hours) + TimeSpan.FromMinutes(Minutes);
            return sum < MinAgeLimit ? MinAgeLimit : sum;
        }
    }
}
