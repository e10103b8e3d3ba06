namespace Dwapi.Edge.DBus;

/// <summary>A value with its own signature (type <c>v</c>).</summary>
/// <param name="Signature">One complete type.</param>
/// <param name="Value">The value; see <see cref="DBusReader"/> for how types map.</param>
internal sealed record DBusVariant(DBusSignature Signature, object Value)
{
    /// <summary>A string.</summary>
    public static DBusVariant Of(string value) => new(new DBusSignature("s"), value);

    /// <summary>True or false.</summary>
    public static DBusVariant Of(bool value) => new(new DBusSignature("b"), value);

    /// <summary>Strings.</summary>
    public static DBusVariant Of(IEnumerable<string> values) => new(new DBusSignature("as"), values.Cast<object>().ToArray());
}
