using Dwapi.Actors.CodeGeneration;
using Orleans.Runtime;

namespace Dwapi.Actors.Runtime;

/// <summary>A reference without an interface: it can be compared and cast, not called.</summary>
internal sealed class UntypedReference(ReferenceTarget target, IdSpan key) : GrainReference(target, key), Orleans.IGrain;
