namespace Dwapi.Gotapi.Codes;

/// <summary>Which numbers stand for a type or unit where JSON is first written (setting <c>codes</c> of the edge).</summary>
public enum CodeSpelling
{
    /// <summary>The 32-bit codes of IEEE 11073-10101 (default).</summary>
    Standard = 0,

    /// <summary>
    /// <c>ts-literal</c>: the numbers as printed in the DWAPI texts, four of which are wrong. Only for a test that demands them: a
    /// consumer that knows the standard takes a weight of this spelling for a height.
    /// </summary>
    TsLiteral = 1,
}
