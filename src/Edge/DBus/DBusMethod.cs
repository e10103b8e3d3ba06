namespace Dwapi.Edge.DBus;

/// <summary>A method of an interface, with its types: arguments and answers of other types never reach the caller.</summary>
/// <param name="Interface">The interface.</param>
/// <param name="Member">The method.</param>
/// <param name="Takes">Types of the arguments.</param>
/// <param name="Gives">Types of the answer.</param>
internal sealed record DBusMethod(string Interface, string Member, string Takes = "", string Gives = "");
